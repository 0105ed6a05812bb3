package da3.streaming.reference;

import da3.geometry.ScalarMap;
import da3.geometry.check.Check;
import da3.geometry.math.Percentiles;
import java.util.Arrays;
import java.util.List;

/**
 * Pairs of depths of the same pixels, as two predictions see them. Only pixels with sufficient confidence and a
 * plausible depth are kept.
 *
 * @param target (pairs)
 * @param source (pairs); the scale to be found times source is about target
 * @param confidence (pairs), the product of both confidences
 */
public record DepthPairs(float[] target, float[] source, double[] confidence) {

    private static final double CONFIDENCE_RATIO = 0.1;
    private static final double MIN_CONFIDENCE = 1e-6;
    private static final double MIN_DEPTH = 1e-3;
    private static final double MAX_DEPTH = 100;

    /**
     * Returns the pairs of all pixels for which both confidences are above a tenth of the larger of their medians, and
     * both depths are between 0.001 and 100.
     *
     * @throws IllegalArgumentException if the numbers of values differ
     */
    public static DepthPairs of(
            List<ScalarMap> targetDepth,
            List<ScalarMap> targetConfidence,
            List<ScalarMap> sourceDepth,
            List<ScalarMap> sourceConfidence) {
        float[] d1 = values(targetDepth);
        float[] c1 = values(targetConfidence);
        float[] d2 = values(sourceDepth);
        float[] c2 = values(sourceConfidence);
        if (c1.length != d1.length || d2.length != d1.length || c2.length != d1.length) {
            throw Check.invalid(
                    "numbers of values of both depths and confidences",
                    "equal",
                    d1.length + " and " + d2.length + " depths, " + c1.length + " and " + c2.length + " confidences");
        }
        double threshold = Math.max(MIN_CONFIDENCE, CONFIDENCE_RATIO * Math.max(median(c1), median(c2)));
        float[] target = new float[d1.length];
        float[] source = new float[d1.length];
        double[] confidence = new double[d1.length];
        int n = 0;
        for (int i = 0; i < d1.length; i++) {
            if (c1[i] > threshold && c2[i] > threshold && isPlausible(d1[i]) && isPlausible(d2[i])) {
                target[n] = d1[i];
                source[n] = d2[i];
                confidence[n++] = (double) c1[i] * c2[i];
            }
        }
        return new DepthPairs(Arrays.copyOf(target, n), Arrays.copyOf(source, n), Arrays.copyOf(confidence, n));
    }

    public int size() {
        return target.length;
    }

    /** Returns the pairs with these indices. */
    DepthPairs select(int[] indices) {
        float[] t = new float[indices.length];
        float[] s = new float[indices.length];
        double[] c = new double[indices.length];
        for (int i = 0; i < indices.length; i++) {
            t[i] = target[indices[i]];
            s[i] = source[indices[i]];
            c[i] = confidence[indices[i]];
        }
        return new DepthPairs(t, s, c);
    }

    /** Returns the median of the values of all maps. */
    static double median(List<ScalarMap> maps) {
        return median(values(maps));
    }

    private static double median(float[] values) {
        return Percentiles.quantile(values, 0.5);
    }

    private static boolean isPlausible(float depth) {
        return depth > MIN_DEPTH && depth < MAX_DEPTH;
    }

    private static float[] values(List<ScalarMap> maps) {
        float[] values =
                new float[maps.stream().mapToInt(map -> map.values().length).reduce(0, Math::addExact)];
        int at = 0;
        for (ScalarMap map : maps) {
            System.arraycopy(map.values(), 0, values, at, map.values().length);
            at += map.values().length;
        }
        return values;
    }
}
