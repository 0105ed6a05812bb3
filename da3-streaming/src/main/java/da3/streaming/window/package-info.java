/** Windows of frames and how they are aligned to each other. */
package da3.streaming.window;
