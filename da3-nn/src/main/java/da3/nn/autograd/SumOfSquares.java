package da3.nn.autograd;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A sum of squares. Whole blocks, up to {@value #MAX_BLOCKS} at a time, are summed in float32, in loops that the compiler
 * vectorizes; these sums and the squares of all other values are summed in double precision.
 */
public final class SumOfSquares {

    private static final int BLOCK = 8 * 1024;

    private static final int LANES = BLOCK / 8;

    private static final int MAX_BLOCKS = 8;

    private final float[] block; // a copy of the values that are being added
    private final float[] lanes = new float[LANES]; // sums of the blocks that the total does not contain
    private int blocks;
    private double total;

    public SumOfSquares() {
        this(BLOCK);
    }

    private SumOfSquares(int maxCount) {
        this.block = new float[maxCount];
    }

    /** Returns the sum of squares of all values. */
    public static double of(float[] values) {
        return new SumOfSquares(Math.min(BLOCK, values.length)).sum(FloatBuffer.wrap(values));
    }

    /** Returns the sum of squares of all values from index 0 to the limit of a buffer. Not for concurrent calls. */
    public double sum(FloatBuffer values) {
        total = 0;
        for (int from = 0; from < values.limit(); from += BLOCK) {
            int count = Math.min(BLOCK, values.limit() - from);
            values.get(from, block, 0, count);
            if (count == BLOCK) {
                addBlock();
            } else {
                addRest(count);
            }
        }
        flush();
        return total;
    }

    private void addRest(int count) {
        for (int i = 0; i < count; i++) {
            total += (double) block[i] * block[i];
        }
    }

    private void addBlock() {
        float[] x = block;
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
}
