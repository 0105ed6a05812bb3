/**
 * Readers and writers of videos, based on FFmpeg. The public API has no FFmpeg types, and closing a reader or writer
 * frees all its native memory.
 */
package da3.video;
