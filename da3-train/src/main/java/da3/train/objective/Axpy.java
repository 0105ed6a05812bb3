package da3.train.objective;

/** Sums of scaled vectors. */
final class Axpy {

    private Axpy() {}

    /** to += factor * from, for {@code length} values. */
    static void add(float factor, float[] from, int fromStart, float[] to, int toStart, int length) {
        for (int i = 0; i < length; i++) {
            to[toStart + i] += factor * from[fromStart + i];
        }
    }
}
