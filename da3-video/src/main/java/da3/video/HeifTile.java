package da3.video;

import org.bytedeco.ffmpeg.avformat.AVStream;

/**
 * A part of a HEIF image.
 *
 * @param stream stream whose only packet is the coded part
 * @param left column of its left edge in the image; parts of a cropped part can be outside
 * @param top row of its top edge in the image
 */
record HeifTile(AVStream stream, int left, int top) {}
