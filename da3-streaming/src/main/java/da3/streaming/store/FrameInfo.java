package da3.streaming.store;

import da3.geometry.Camera;

/**
 * What is known about a frame without its pixels.
 *
 * @param source number of the frame in its source, from 0; frames that were no keyframes leave gaps
 * @param seconds time in the source
 * @param name file name of the frame
 * @param window number of the window that put the frame out
 * @param camera camera in the frame and unit of that window; intrinsics in pixels of the processing size
 * @param posed whether the pose is given by the user, in the frame and unit of the map
 */
public record FrameInfo(long source, double seconds, String name, int window, Camera camera, boolean posed) {}
