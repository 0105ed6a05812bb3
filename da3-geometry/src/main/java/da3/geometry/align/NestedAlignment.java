package da3.geometry.align;

import da3.geometry.Camera;
import da3.geometry.DegenerateGeometryException;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.SkyMask;
import da3.geometry.depth.MetricScale;
import da3.geometry.math.Percentiles;
import java.util.ArrayList;
import java.util.List;

/**
 * An any-view prediction brought to meters with the help of a metric one. Source: section 4.3 of the paper,
 * {@code NestedDepthAnything3Net} in {@code model/da3.py}.
 *
 * @param scale meters in the any-view network's unit of length
 * @param depths in meters; sky lies at the 99th percentile of the ground's depth, but no further than 200 m
 * @param confidences 1, the lowest, on the sky
 * @param cameras world-to-camera, translation in meters
 */
public record NestedAlignment(double scale, List<ScalarMap> depths, List<ScalarMap> confidences, List<Camera> cameras) {

    private static final double FAR_QUANTILE = 0.99;
    private static final double FARTHEST_SKY = 200;
    private static final float SKY_CONFIDENCE = 1;
    private static final int TOO_FEW_GROUND_PIXELS = 10;
    private static final float MIN_DEPTH = 1e-3f;
    private static final float MIN_METRIC_DEPTH = 1e-2f;

    /**
     * @param depths of the any-view network, one map for each view, as all other lists
     * @param confidences of the any-view network
     * @param cameras of the any-view network
     * @param canonicalDepths of the metric network, as it answers them (see {@link MetricScale})
     * @param skies of the metric network
     * @throws DegenerateGeometryException if ten pixels or fewer are ground, or none of them can set the scale
     */
    public static NestedAlignment of(
            List<ScalarMap> depths,
            List<ScalarMap> confidences,
            List<Camera> cameras,
            List<ScalarMap> canonicalDepths,
            List<ScalarMap> skies) {
        if (cameras.size() != depths.size()) {
            throw new IllegalArgumentException(
                    cameras.size() + " cameras for " + depths.size() + " views; legal: one for each view");
        }
        SkyMask mask = SkyMask.of(skies);
        for (List<ScalarMap> maps : List.of(depths, confidences, canonicalDepths)) {
            mask.requireSameSize(maps);
        }
        List<ScalarMap> metricDepths = new ArrayList<>();
        for (int view = 0; view < depths.size(); view++) {
            metricDepths.add(MetricScale.toMeters(
                    canonicalDepths.get(view), cameras.get(view).intrinsics()));
        }
        double scale = scale(depths, confidences, metricDepths, mask);
        List<ScalarMap> inMeters = depths.stream().map(d -> d.scaled(scale)).toList();
        double far = Math.min(Percentiles.quantile(mask.ground(inMeters), FAR_QUANTILE), FARTHEST_SKY);
        return new NestedAlignment(
                scale,
                mask.fillSky(inMeters, (float) far),
                mask.fillSky(confidences, SKY_CONFIDENCE),
                cameras.stream().map(c -> inMeters(c, scale)).toList());
    }

    /**
     * The factor that takes depth closest to metric depth in the least squares sense, over the pixels of
     * {@link #alignmentMasks}.
     *
     * @param metricDepths in meters
     * @throws DegenerateGeometryException if ten pixels or fewer are ground, or none of them qualifies
     */
    public static double scale(
            List<ScalarMap> depths, List<ScalarMap> confidences, List<ScalarMap> metricDepths, SkyMask mask) {
        if (mask.groundCount() <= TOO_FEW_GROUND_PIXELS) {
            throw new DegenerateGeometryException("metric scale from " + mask.groundCount()
                    + " pixels that are not sky (" + mask.skyCount() + " are); legal: more than "
                    + TOO_FEW_GROUND_PIXELS);
        }
        List<boolean[]> aligned = alignmentMasks(depths, confidences, metricDepths, mask);
        ScaleFit fit = new ScaleFit();
        for (int view = 0; view < depths.size(); view++) {
            float[] depth = depths.get(view).values();
            float[] metric = metricDepths.get(view).values();
            for (int i = 0; i < depth.length; i++) {
                if (aligned.get(view)[i]) {
                    fit.add(metric[i], depth[i]);
                }
            }
        }
        return fit.factor()
                .orElseThrow(() -> new DegenerateGeometryException("metric scale: of " + mask.groundCount()
                        + " pixels that are not sky none is confident and has a depth above " + MIN_DEPTH
                        + " and a metric depth above " + MIN_METRIC_DEPTH + " m; legal: at least one"));
    }

    /**
     * The pixels that set the scale: ground that has a depth in both, and a confidence of at least the ground's median.
     *
     * @return a mask for each view, row-major
     * @throws IllegalArgumentException if there is no ground
     */
    public static List<boolean[]> alignmentMasks(
            List<ScalarMap> depths, List<ScalarMap> confidences, List<ScalarMap> metricDepths, SkyMask mask) {
        double median = Percentiles.quantile(mask.ground(confidences), 0.5);
        List<boolean[]> masks = new ArrayList<>();
        for (int view = 0; view < depths.size(); view++) {
            float[] depth = depths.get(view).values();
            float[] metric = metricDepths.get(view).values();
            float[] confidence = confidences.get(view).values();
            boolean[] aligned = new boolean[depth.length];
            for (int i = 0; i < depth.length; i++) {
                aligned[i] = mask.isGround(view, i)
                        && confidence[i] >= median
                        && metric[i] > MIN_METRIC_DEPTH
                        && depth[i] > MIN_DEPTH;
            }
            masks.add(aligned);
        }
        return masks;
    }

    private static Camera inMeters(Camera camera, double scale) {
        Pose pose = camera.pose();
        return new Camera(pose.withTranslation(pose.translation().times(scale)), camera.intrinsics());
    }
}
