package da3.geometry;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** Exact quantiles, interpolated linearly between the two nearest values, as NumPy and PyTorch define them. */
public final class Percentiles {

    private Percentiles() {}

    /**
     * The value below which a fraction {@code q} of the values lies.
     *
     * @param q 0 (the smallest) to 1 (the largest)
     * @return NaN if one of the values is NaN
     * @throws IllegalArgumentException if there is no value, or {@code q} is outside 0 to 1
     */
    public static double quantile(float[] values, double q) {
        return quantileInPlace(values.clone(), q);
    }

    /** The quantile of those values whose index is kept. */
    public static double quantile(float[] values, IntPredicate keep, double q) {
        float[] kept = new float[values.length];
        int n = 0;
        for (int i = 0; i < values.length; i++) {
            if (keep.test(i)) {
                kept[n++] = values[i];
            }
        }
        return quantileInPlace(Arrays.copyOf(kept, n), q);
    }

    private static double quantileInPlace(float[] values, double q) {
        if (values.length == 0) {
            throw new IllegalArgumentException("quantile " + q + " of no values; legal: at least one value");
        }
        if (!(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("quantile is " + q + "; legal: 0 to 1");
        }
        Arrays.sort(values);
        int last = values.length - 1;
        if (Float.isNaN(values[last])) {
            return Double.NaN;
        }
        double position = q * last;
        int below = (int) position;
        double fraction = position - below;
        // Not lower + fraction * (upper - lower) alone: at a whole position an infinite neighbour must not count.
        return fraction == 0 ? values[below] : values[below] + fraction * ((double) values[below + 1] - values[below]);
    }
}
