package da3.geometry.metrics;

import da3.geometry.View;
import da3.geometry.check.Check;
import da3.geometry.math.Percentiles;
import java.util.Arrays;
import java.util.List;

/**
 * Depth errors, after alignment of the prediction with the truth unless a method says otherwise. Only pixels with a true
 * depth above 0 count.
 *
 * @param absRel mean of |prediction - truth| / truth
 * @param delta1 fraction of the pixels where prediction and truth differ by a factor below 1.25
 */
public record DepthMetrics(double absRel, double delta1) {

    private static final double DELTA = 1.25;

    /**
     * Compares depths where the truth is above 0, after scaling the prediction so that the medians agree.
     *
     * @param prediction as many values as the truth
     * @param truth true depth; 0 where unknown
     * @throws IllegalArgumentException if no pixel has a true depth, or the lengths differ
     */
    public static DepthMetrics of(float[] prediction, float[] truth) {
        requireSameLength(prediction, truth);
        return of(prediction, truth, medianScale(prediction, truth), 0);
    }

    /**
     * Compares depths as they are.
     *
     * @param prediction as many values as the truth
     * @param truth true depth; 0 where unknown
     * @throws IllegalArgumentException if no pixel has a true depth, or the lengths differ
     */
    public static DepthMetrics unaligned(float[] prediction, float[] truth) {
        requireSameLength(prediction, truth);
        return of(prediction, truth, 1, 0);
    }

    /**
     * Compares depths after scaling and shifting the prediction to the least squared error of depth. Where that gives no
     * positive depth, a pixel is not within the factor of {@link #delta1}.
     *
     * <p>Source: Ranftl et al., "Towards Robust Monocular Depth Estimation", 2020, applied to depth as in Ke
     * et al., "Repurposing Diffusion-Based Image Generators for Monocular Depth Estimation", 2024; not to
     * inverse depth, which is what MiDaS predicts.
     *
     * @param prediction as many values as the truth
     * @param truth true depth; 0 where unknown
     * @throws IllegalArgumentException if no pixel has a true depth, or the lengths differ
     */
    public static DepthMetrics affine(float[] prediction, float[] truth) {
        requireSameLength(prediction, truth);
        AffineFit fit = AffineFit.of(prediction, truth);
        return of(prediction, truth, fit.scale(), fit.shift());
    }

    private static void requireSameLength(float[] prediction, float[] truth) {
        if (prediction.length != truth.length) {
            throw Check.invalid("values of a prediction", "as many as true values, " + truth.length, prediction.length);
        }
    }

    private static DepthMetrics of(float[] prediction, float[] truth, double scale, double shift) {
        double sum = 0;
        int near = 0;
        int count = 0;
        for (int i = 0; i < truth.length; i++) {
            if (truth[i] > 0) {
                double aligned = prediction[i] * scale + shift;
                sum += Math.abs(aligned - truth[i]) / truth[i];
                near += aligned > 0 && Math.max(aligned / truth[i], truth[i] / aligned) < DELTA ? 1 : 0;
                count++;
            }
        }
        Check.positive("number of pixels with a true depth", count);
        return new DepthMetrics(sum / count, (double) near / count);
    }

    /** Returns the metrics of a constant depth. */
    public static DepthMetrics ofConstant(float[] truth) {
        float[] ones = new float[truth.length];
        Arrays.fill(ones, 1);
        return of(ones, truth);
    }

    /** Returns the factor that makes the median of a prediction equal to that of the truth. */
    public static double medianScale(float[] prediction, float[] truth) {
        return median(truth, truth) / median(prediction, truth);
    }

    /** Returns the mean of the known depths, which are positive; NaN if there are none. */
    public static double mean(float[] depth) {
        double sum = 0;
        int known = 0;
        for (float value : depth) {
            if (value > 0) {
                sum += value;
                known++;
            }
        }
        return sum / known;
    }

    /** Returns the depths of all views in one array, ordered by view. */
    public static float[] depths(List<View> views) {
        int size = views.stream().mapToInt(view -> view.depth().values().length).sum();
        float[] all = new float[size];
        int at = 0;
        for (View view : views) {
            float[] depth = view.depth().values();
            System.arraycopy(depth, 0, all, at, depth.length);
            at += depth.length;
        }
        return all;
    }

    private static double median(float[] values, float[] truth) {
        return Percentiles.quantile(values, i -> truth[i] > 0, 0.5);
    }
}
