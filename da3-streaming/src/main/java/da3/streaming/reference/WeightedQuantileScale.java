package da3.streaming.reference;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * The ratio of depths below which 90 % of the weight is. The reference calls it robust, but it is biased upwards. Source:
 * {@code compute_scale_weighted}.
 */
final class WeightedQuantileScale {

    private static final double QUANTILE = 0.9;
    private static final double EPSILON = 1e-8;

    private WeightedQuantileScale() {}

    static ScaleEstimate estimate(DepthPairs pairs) {
        double[] weights = weights(pairs);
        long[] ascending = ascending(pairs);
        // The weights sum up to less than 1 if all confidences are tiny.
        OptionalDouble quantile = quantile(ascending, weights, QUANTILE);
        double scale = quantile.isPresent()
                ? quantile.getAsDouble()
                : quantile(ascending, weights, 0.5).orElse(1);
        return new ScaleEstimate(scale, concentration(weights)).plausible();
    }

    /** Returns the squared products of confidences, divided by their sum. */
    private static double[] weights(DepthPairs pairs) {
        double[] weights = pairs.confidence().clone();
        double sum = EPSILON;
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= weights[i];
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    /** Returns sorted keys: the bits of a ratio, which are in the order of positive floats, and the index of its pair. */
    private static long[] ascending(DepthPairs pairs) {
        long[] keys = new long[pairs.size()];
        for (int i = 0; i < keys.length; i++) {
            float ratio = (float) (pairs.target()[i] / (pairs.source()[i] + EPSILON));
            keys[i] = (long) Float.floatToIntBits(ratio) << Integer.SIZE | i;
        }
        Arrays.sort(keys);
        return keys;
    }

    private static OptionalDouble quantile(long[] ascending, double[] weights, double fraction) {
        double sum = 0;
        for (long key : ascending) {
            sum += weights[(int) key];
            if (sum >= fraction) {
                return OptionalDouble.of(Float.intBitsToFloat((int) (key >>> Integer.SIZE)));
            }
        }
        return OptionalDouble.empty();
    }

    /** Returns 1 minus the entropy of the weights relative to that of equal weights. */
    private static double concentration(double[] weights) {
        double entropy = 0;
        for (double weight : weights) {
            entropy -= weight * Math.log(weight + EPSILON);
        }
        return 1 - entropy / Math.log(weights.length);
    }
}
