/** Where the frames of a sequence come from: videos, folders, wrappers that select, mask and undistort frames. */
package da3.streaming.frame;
