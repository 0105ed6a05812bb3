/**
 * The procedure of DA3-Streaming, the reference's program for long sequences, without its loop detector: windows of
 * frames are aligned by their overlaps, loops correct the alignment, and the results are written in the reference's
 * files. It exists to compare its numbers with those of other procedures. Source: {@code da3_streaming} of the
 * reference.
 */
package da3.streaming.reference;
