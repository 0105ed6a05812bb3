package da3.video;

import da3.geometry.Image;

/**
 * A frame of a live video.
 *
 * @param seconds time since the first frame, from the time stamps of the source
 * @param image upright pixels
 */
public record LiveFrame(double seconds, Image image) {}
