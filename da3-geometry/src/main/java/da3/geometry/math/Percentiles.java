package da3.geometry.math;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** Exact quantiles, interpolated linearly between the two nearest values, as NumPy and PyTorch define them. */
public final class Percentiles {

    /** Halvings after which sorting is quicker: a few values, or an order that selecting takes badly. */
    private static final int ROUNDS = 64;

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
        for (float value : values) {
            if (Float.isNaN(value)) {
                return Double.NaN;
            }
        }
        double position = q * (values.length - 1);
        int below = (int) position;
        double fraction = position - below;
        select(values, below);
        // Not lower + fraction * (upper - lower) alone: at a whole position an infinite neighbor must not count.
        return fraction == 0
                ? values[below]
                : values[below] + fraction * ((double) least(values, below + 1) - values[below]);
    }

    /** Puts the value there that sorting would, no larger ones before it and no smaller ones behind (Hoare, 1961). */
    private static void select(float[] values, int index) {
        int from = 0;
        int to = values.length - 1;
        for (int round = 0; from < to; round++) {
            if (round == ROUNDS) {
                Arrays.sort(values, from, to + 1);
                return;
            }
            float pivot = middle(values[from], values[(from + to) >>> 1], values[to]);
            int i = from;
            int j = to;
            while (i <= j) {
                while (values[i] < pivot) {
                    i++;
                }
                while (values[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    float value = values[i];
                    values[i++] = values[j];
                    values[j--] = value;
                }
            }
            if (index <= j) {
                to = j;
            } else if (index >= i) {
                from = i;
            } else {
                return;
            }
        }
    }

    private static float middle(float a, float b, float c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    private static float least(float[] values, int from) {
        float least = values[from];
        for (int i = from + 1; i < values.length; i++) {
            least = Math.min(least, values[i]);
        }
        return least;
    }
}
