package da3.streaming.reference;

/**
 * Two frames that show the same part of the scene.
 *
 * @param first a frame
 * @param second another frame
 * @param similarity similarity of their descriptors, at most 1
 */
public record LoopPair(int first, int second, double similarity) {}
