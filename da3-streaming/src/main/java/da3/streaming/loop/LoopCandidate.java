package da3.streaming.loop;

/**
 * Two frames that look alike.
 *
 * @param from number of the earlier frame
 * @param to number of the later frame
 * @param similarity cosine of their centered descriptors, -1 to 1, or overlap of their frusta, 0 to 1
 */
public record LoopCandidate(int from, int to, double similarity) {}
