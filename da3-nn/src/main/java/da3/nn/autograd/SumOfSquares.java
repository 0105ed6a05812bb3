package da3.nn.autograd;

import java.util.Arrays;

/**
 * A sum of squares. Whole blocks, up to {@value #MAX_BLOCKS} at a time, are summed in float32, in loops that the compiler
 * vectorizes; these sums and the squares of all other values are summed in double precision.
 */
public final class SumOfSquares {

    /** Number of values that {@link #add} adds fastest. */
    public static final int BLOCK = 8 * 1024;

    private static final int LANES = BLOCK / 8;

    private static final int MAX_BLOCKS = 8;

    private final float[] lanes = new float[LANES]; // sums of the blocks that the total does not contain
    private int blocks;
    private double total;

    /** Returns the sum of squares of all values. */
    public static double of(float[] values) {
        SumOfSquares sum = new SumOfSquares();
        float[] block = new float[Math.min(BLOCK, values.length)];
        for (int from = 0; from < values.length; from += BLOCK) {
            int count = Math.min(BLOCK, values.length - from);
            System.arraycopy(values, from, block, 0, count);
            sum.add(block, count);
        }
        return sum.takeTotal();
    }

    /**
     * Adds the squares of values.
     *
     * @param count number of values, at most {@link #BLOCK}; the array may be longer
     */
    public void add(float[] values, int count) {
        if (count == BLOCK) {
            addBlock(values);
            return;
        }
        for (int i = 0; i < count; i++) {
            total += (double) values[i] * values[i];
        }
    }

    private void addBlock(float[] x) {
        float[] sums = lanes;
        for (int i = 0; i < LANES; i++) { // vectorized, since all other offsets are constants
            sums[i] += x[i] * x[i]
                    + x[i + LANES] * x[i + LANES]
                    + x[i + 2 * LANES] * x[i + 2 * LANES]
                    + x[i + 3 * LANES] * x[i + 3 * LANES]
                    + x[i + 4 * LANES] * x[i + 4 * LANES]
                    + x[i + 5 * LANES] * x[i + 5 * LANES]
                    + x[i + 6 * LANES] * x[i + 6 * LANES]
                    + x[i + 7 * LANES] * x[i + 7 * LANES];
        }
        if (++blocks == MAX_BLOCKS) {
            flush();
        }
    }

    private void flush() {
        double a = 0; // four accumulators hide the latency of additions
        double b = 0;
        double c = 0;
        double d = 0;
        for (int i = 0; i < LANES; i += 4) {
            a += lanes[i];
            b += lanes[i + 1];
            c += lanes[i + 2];
            d += lanes[i + 3];
        }
        total += (a + b) + (c + d);
        blocks = 0;
        Arrays.fill(lanes, 0);
    }

    /** Returns the sum of all values added since the last call. */
    public double takeTotal() {
        if (blocks > 0) {
            flush();
        }
        double result = total;
        total = 0;
        return result;
    }
}
