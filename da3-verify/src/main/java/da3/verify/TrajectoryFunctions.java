package da3.verify;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.path.PivotInterpolation;
import da3.geometry.path.Trajectory;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/** Recomputes the function cases of camera paths. */
final class TrajectoryFunctions {

    private static final List<Integer> WINDOWS = List.of(3, 50);

    private TrajectoryFunctions() {}

    static Map<String, FunctionCase> byName() {
        return Map.of(
                "run_renderer_in_chunk_w_trj_mode", TrajectoryFunctions::path,
                "interpolate_extrinsics", TrajectoryFunctions::parts);
    }

    private static Map<String, GoldenTensor> path(GoldenCase golden) throws IOException {
        Trajectory trajectory = Trajectory.of(golden.params().path("mode").asText());
        List<Camera> frames = ReferenceBehavior.path(trajectory).through(new Inputs(golden).cameras());
        double width = golden.params().path("image_w").asDouble();
        double height = golden.params().path("image_h").asDouble();
        Results results = new Results(golden);
        results.putPoses("out.extrinsics", frames.stream().map(Camera::pose).toList());
        results.putMatrices(
                "out.intrinsics_normalised",
                frames.stream()
                        .map(frame ->
                                frame.intrinsics().scaled(1 / width, 1 / height).matrix())
                        .toList());
        return results.asMap();
    }

    /** Computes interpolated and smoothed poses; all poses of this case are camera-to-world. */
    private static Map<String, GoldenTensor> parts(GoldenCase golden) throws IOException {
        Inputs inputs = new Inputs(golden);
        Pose a = inputs.poses("in.c2w_a").get(0);
        PivotInterpolation path =
                new PivotInterpolation(a, inputs.poses("in.c2w_b").get(0));
        PivotInterpolation parallel =
                new PivotInterpolation(a, inputs.poses("in.c2w_parallel").get(0));
        Intrinsics ka = inputs.intrinsics("in.k_a").get(0);
        Intrinsics kb = inputs.intrinsics("in.k_b").get(0);
        double[] times = golden.tensor("in.t").doubles();
        Results results = new Results(golden);
        results.putPoses("out.interp_ab", at(times, path::at));
        results.putPoses("out.interp_parallel", at(times, parallel::at));
        results.putMatrices("out.interp_k", at(times, t -> PivotInterpolation.between(ka, kb, t)
                .matrix()));
        List<Pose> poses = inputs.poses("in.c2ws");
        for (int window : WINDOWS) {
            results.putPoses("out.stabilised_k" + window, ReferenceBehavior.SKEWED.smooth(poses, window));
        }
        return results.asMap();
    }

    private static <T> List<T> at(double[] times, DoubleFunction<T> path) {
        return Arrays.stream(times).mapToObj(path).toList();
    }
}
