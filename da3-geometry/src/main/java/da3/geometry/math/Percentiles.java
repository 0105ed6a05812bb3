package da3.geometry.math;

import da3.geometry.check.Check;
import java.util.Arrays;
import java.util.function.IntPredicate;

/** Exact quantiles with linear interpolation between the two nearest values, as in NumPy and PyTorch. */
public final class Percentiles {

    /** Rounds of partitioning after which sorting is faster: few values are left, or the order is adversarial. */
    private static final int MAX_ROUNDS = 64;

    private Percentiles() {}

    /**
     * Returns the value below which a fraction {@code q} of the values is.
     *
     * @param q from 0 (the smallest value) to 1 (the largest)
     * @return NaN if one of the values is NaN
     * @throws IllegalArgumentException if there is no value, or {@code q} is outside 0 to 1
     */
    public static double quantile(float[] values, double q) {
        return quantileInPlace(values.clone(), q);
    }

    /** Returns the quantile of the values whose index is accepted by {@code keep}. */
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
        Check.atLeast("number of values of a quantile", 1, values.length);
        Check.inRange("quantile", 0, 1, q);
        for (float value : values) {
            if (Float.isNaN(value)) {
                return Double.NaN;
            }
        }
        double position = q * (values.length - 1);
        int below = (int) position;
        double fraction = position - below;
        select(values, below);
        // At an integer position the upper neighbor must not contribute, since 0 times infinity is NaN.
        return fraction == 0
                ? values[below]
                : values[below] + fraction * ((double) min(values, below + 1) - values[below]);
    }

    /**
     * Partitions the array so that the value at {@code index} is the one that sorting would put there (Hoare, 1961).
     */
    private static void select(float[] values, int index) {
        int from = 0;
        int to = values.length - 1;
        for (int round = 0; from < to; round++) {
            if (round == MAX_ROUNDS) {
                Arrays.sort(values, from, to + 1);
                return;
            }
            float pivot = median(values[from], values[(from + to) >>> 1], values[to]);
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

    private static float median(float a, float b, float c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    private static float min(float[] values, int from) {
        float min = values[from];
        for (int i = from + 1; i < values.length; i++) {
            min = Math.min(min, values[i]);
        }
        return min;
    }
}
