package da3.nn.autograd;

/** Sums of squares in double precision. */
public final class SumOfSquares {

    private SumOfSquares() {}

    /** Returns the sum of squares of the first values, with four accumulators to hide the latency of additions. */
    public static double of(float[] values, int count) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int whole = count / 4 * 4;
        for (int i = 0; i < whole; i += 4) {
            a += (double) values[i] * values[i];
            b += (double) values[i + 1] * values[i + 1];
            c += (double) values[i + 2] * values[i + 2];
            d += (double) values[i + 3] * values[i + 3];
        }
        for (int i = whole; i < count; i++) {
            a += (double) values[i] * values[i];
        }
        return (a + b) + (c + d);
    }
}
