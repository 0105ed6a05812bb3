package da3.nn.autograd;

/** Sums of squares: sums of eight in float32, which the compiler vectorizes, and their sum in double precision. */
public final class SumOfSquares {

    /** Values that are summed at once. */
    public static final int BLOCK = 8 * 1024;

    private static final int LANES = BLOCK / 8;

    private SumOfSquares() {}

    /** Returns the sum of squares of the first {@code count} values; fastest for multiples of {@link #BLOCK}. */
    public static double of(float[] values, int count) {
        float[] block = count < 2 * BLOCK ? values : new float[BLOCK];
        float[] sums = new float[LANES];
        double total = 0;
        int from = 0;
        for (; from + BLOCK <= count; from += BLOCK) {
            if (block != values) {
                System.arraycopy(values, from, block, 0, BLOCK);
            }
            total += ofBlock(block, sums);
        }
        for (; from < count; from++) {
            total += (double) values[from] * values[from];
        }
        return total;
    }

    private static double ofBlock(float[] x, float[] sums) {
        for (int i = 0; i < LANES; i++) { // vectorized, since all other offsets are constants
            sums[i] = x[i] * x[i]
                    + x[i + LANES] * x[i + LANES]
                    + x[i + 2 * LANES] * x[i + 2 * LANES]
                    + x[i + 3 * LANES] * x[i + 3 * LANES]
                    + x[i + 4 * LANES] * x[i + 4 * LANES]
                    + x[i + 5 * LANES] * x[i + 5 * LANES]
                    + x[i + 6 * LANES] * x[i + 6 * LANES]
                    + x[i + 7 * LANES] * x[i + 7 * LANES];
        }
        double a = 0; // four accumulators hide the latency of additions
        double b = 0;
        double c = 0;
        double d = 0;
        for (int i = 0; i < LANES; i += 4) {
            a += sums[i];
            b += sums[i + 1];
            c += sums[i + 2];
            d += sums[i + 3];
        }
        return (a + b) + (c + d);
    }
}
