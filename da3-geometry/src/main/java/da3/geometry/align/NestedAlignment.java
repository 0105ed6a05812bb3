package da3.geometry.align;

import da3.geometry.Camera;
import da3.geometry.DegenerateGeometryException;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.SkyMask;
import da3.geometry.check.Check;
import da3.geometry.depth.MetricScale;
import da3.geometry.math.Percentiles;
import java.util.ArrayList;
import java.util.List;

/**
 * An any-view prediction converted to meters by means of a metric prediction. Source: section 4.3 of the paper,
 * {@code NestedDepthAnything3Net} in {@code model/da3.py}.
 *
 * @param scale meters per unit of length of the any-view network
 * @param depths depth in meters; sky is at the 99th percentile of the ground depth, but at most at 200 m
 * @param confidences confidences, with 1, the lowest value, for sky
 * @param cameras world-to-camera, translation in meters
 */
public record NestedAlignment(double scale, List<ScalarMap> depths, List<ScalarMap> confidences, List<Camera> cameras) {

    private static final double SKY_QUANTILE = 0.99;
    private static final double MAX_SKY_DEPTH = 200;
    private static final float SKY_CONFIDENCE = 1;
    private static final int MIN_GROUND_PIXELS = 11;
    private static final float MIN_DEPTH = 1e-3f;
    private static final float MIN_METRIC_DEPTH = 1e-2f;

    /**
     * Aligns an any-view prediction with a metric one. All lists have one element for each view.
     *
     * @param depths depths of the any-view network
     * @param confidences confidences of the any-view network
     * @param cameras cameras of the any-view network
     * @param canonicalDepths unscaled output of the metric network (see {@link MetricScale})
     * @param skies sky scores of the metric network
     * @throws IllegalArgumentException if the lists differ in length or the maps in size
     * @throws DegenerateGeometryException if ten pixels or fewer are ground, or none of them can determine the scale
     */
    public static NestedAlignment of(
            List<ScalarMap> depths,
            List<ScalarMap> confidences,
            List<Camera> cameras,
            List<ScalarMap> canonicalDepths,
            List<ScalarMap> skies) {
        if (cameras.size() != depths.size()) {
            throw Check.invalid("number of cameras", "the number of views, " + depths.size(), cameras.size());
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
        double skyDepth = Math.min(Percentiles.quantile(mask.ground(inMeters), SKY_QUANTILE), MAX_SKY_DEPTH);
        return new NestedAlignment(
                scale,
                mask.fillSky(inMeters, (float) skyDepth),
                mask.fillSky(confidences, SKY_CONFIDENCE),
                cameras.stream().map(c -> inMeters(c, scale)).toList());
    }

    /**
     * Returns the scale that maps depth to metric depth with the least squared error over the pixels of
     * {@link #alignmentMasks}.
     *
     * @param metricDepths depths in meters
     * @throws DegenerateGeometryException if ten pixels or fewer are ground, or none of them qualifies
     */
    public static double scale(
            List<ScalarMap> depths, List<ScalarMap> confidences, List<ScalarMap> metricDepths, SkyMask mask) {
        if (mask.groundCount() < MIN_GROUND_PIXELS) {
            throw new DegenerateGeometryException(Check.message(
                    "number of ground pixels for the metric scale",
                    "at least " + MIN_GROUND_PIXELS,
                    mask.groundCount() + " and " + mask.skyCount() + " sky pixels"));
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
                .orElseThrow(() -> new DegenerateGeometryException("no metric scale: none of " + mask.groundCount()
                        + " ground pixels is confident and has a depth above " + MIN_DEPTH
                        + " and a metric depth above " + MIN_METRIC_DEPTH + " m"));
    }

    /**
     * Returns the pixels that determine the scale: ground pixels with a valid depth in both predictions and a
     * confidence of at least the median of the ground.
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
