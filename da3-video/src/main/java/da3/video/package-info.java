/**
 * Videos to and from images, through FFmpeg's avformat, avcodec and swscale. No FFmpeg type is part of what a caller sees,
 * and nothing here is held in native memory once a reader or a writer is closed.
 */
package da3.video;
