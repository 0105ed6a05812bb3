package da3.verify;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.ScalarMap;
import da3.geometry.SkyMask;
import da3.geometry.align.NestedAlignment;
import da3.geometry.align.ScaleFit;
import da3.geometry.depth.DepthConsensus;
import da3.geometry.depth.MetricScale;
import da3.geometry.depth.MonoSky;
import da3.geometry.math.Percentiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Recomputes the cases of sky, metric scale, and the alignment of relative depth to measurements. */
final class DepthFunctions {

    private DepthFunctions() {}

    static Map<String, FunctionCase> byName() {
        return Map.of(
                "least_squares_scale_scalar", DepthFunctions::metricScaling,
                "DepthAnything3Net._process_mono_sky_estimation", DepthFunctions::monoSky,
                "metric scaling", DepthFunctions::nested,
                "align_teacher", DepthFunctions::alignTeacher);
    }

    private static Map<String, GoldenTensor> metricScaling(GoldenCase golden) throws IOException {
        Inputs inputs = new Inputs(golden);
        List<ScalarMap> depths = inputs.maps("in.depth");
        List<ScalarMap> confidences = inputs.maps("in.conf");
        List<ScalarMap> canonical = inputs.maps("in.metric_depth");
        SkyMask mask = SkyMask.of(inputs.maps("in.sky"));
        Results results = new Results(golden);
        results.put("out.scale", scale(golden));
        results.putMasks("out.non_sky", ground(mask, depths));
        results.put("out.median_conf", Percentiles.quantile(mask.ground(confidences), 0.5));
        results.putMasks("out.align_mask", NestedAlignment.alignmentMasks(depths, confidences, canonical, mask));
        results.putMaps("out.metric_scaled", toMeters(canonical, inputs.intrinsics("in.intrinsics")));
        results.put("out.q99_non_sky_depth", Percentiles.quantile(mask.ground(depths), 0.99));
        float far = (float) golden.params().path("max_depth").asDouble();
        results.putMaps("out.sky_depth", mask.fillSky(depths, far));
        results.putMaps("out.sky_conf", mask.fillSky(confidences, 1));
        return results.asMap();
    }

    private static Map<String, GoldenTensor> alignTeacher(GoldenCase golden) throws IOException {
        double[] relative = golden.tensor("in.relative").doubles();
        double[] sparse = golden.tensor("in.sparse").doubles();
        GoldenTensor mask = golden.tensor("in.mask");
        int[] measured = IntStream.range(0, mask.length())
                .filter(pixel -> mask.at(pixel) != 0)
                .toArray();
        DepthConsensus fit = DepthConsensus.of(
                Arrays.stream(measured).mapToDouble(pixel -> relative[pixel]).toArray(),
                Arrays.stream(measured).mapToDouble(pixel -> sparse[pixel]).toArray(),
                0);
        byte[] inliers = new byte[relative.length];
        for (int i = 0; i < measured.length; i++) {
            inliers[measured[i]] = (byte) (fit.inliers()[i] ? 1 : 0);
        }
        double[] aligned = Arrays.stream(relative).map(fit::apply).toArray();
        return Map.of(
                "out.threshold", GoldenTensor.of(new double[] {fit.threshold()}),
                "out.scale", GoldenTensor.of(new double[] {fit.scale()}),
                "out.shift", GoldenTensor.of(new double[] {fit.shift()}),
                "out.inliers", GoldenTensor.of(inliers, inliers.length),
                "out.aligned", GoldenTensor.of(aligned, aligned.length));
    }

    private static double scale(GoldenCase golden) throws IOException {
        GoldenTensor target = golden.tensor("in.a");
        GoldenTensor source = golden.tensor("in.b");
        ScaleFit fit = new ScaleFit();
        for (int i = 0; i < target.length(); i++) {
            fit.add(target.at(i), source.at(i));
        }
        return fit.factor().orElseThrow();
    }

    private static List<boolean[]> ground(SkyMask mask, List<ScalarMap> maps) {
        List<boolean[]> ground = new ArrayList<>();
        for (int view = 0; view < maps.size(); view++) {
            boolean[] pixels = new boolean[maps.get(view).values().length];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = mask.isGround(view, i);
            }
            ground.add(pixels);
        }
        return ground;
    }

    private static List<ScalarMap> toMeters(List<ScalarMap> canonical, List<Intrinsics> intrinsics) {
        List<ScalarMap> meters = new ArrayList<>();
        for (int view = 0; view < canonical.size(); view++) {
            meters.add(MetricScale.toMeters(canonical.get(view), intrinsics.get(view)));
        }
        return meters;
    }

    private static Map<String, GoldenTensor> monoSky(GoldenCase golden) throws IOException {
        Inputs inputs = new Inputs(golden);
        Results results = new Results(golden);
        for (String example : results.expected("out.depth_")) {
            results.putMaps(
                    "out.depth_" + example,
                    MonoSky.fill(inputs.maps("in.depth_" + example), inputs.maps("in.sky_" + example)));
        }
        return results.asMap();
    }

    private static Map<String, GoldenTensor> nested(GoldenCase golden) throws IOException {
        Inputs inputs = new Inputs(golden);
        NestedAlignment aligned = NestedAlignment.of(
                inputs.maps("in.depth"),
                inputs.maps("in.conf"),
                inputs.cameras(),
                inputs.maps("in.metric_depth"),
                inputs.maps("in.sky"));
        Results results = new Results(golden);
        results.put("out.scale_factor", aligned.scale());
        results.putMaps("out.depth", aligned.depths());
        results.putMaps("out.conf", aligned.confidences());
        results.putPoses(
                "out.extrinsics", aligned.cameras().stream().map(Camera::pose).toList());
        return results.asMap();
    }
}
