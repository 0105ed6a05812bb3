package da3.streaming.loop;

/** A measure of the similarity of two frames. */
@FunctionalInterface
public interface PairSimilarity {

    /** Returns the similarity of two frames, given by their numbers; larger is more alike, and at most 1. */
    float of(int earlier, int later);
}
