package da3.verify;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.math.Quaternion;
import da3.geometry.metrics.PairError;
import da3.geometry.metrics.PoseAuc;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Recomputes the function cases of the benchmark. */
final class BenchmarkFunctions {

    private static final int[] AUC_DEGREES = {30, 15, 5, 3};
    private static final Intrinsics ARBITRARY = new Intrinsics(1, 1, 0, 0); // pose errors do not depend on them

    private BenchmarkFunctions() {}

    static Map<String, FunctionCase> byName() {
        return Map.of(
                "compute_pose", BenchmarkFunctions::poses,
                "quat2rotmat", BenchmarkFunctions::rotation);
    }

    private static Map<String, GoldenTensor> poses(GoldenCase golden) throws IOException {
        Inputs inputs = new Inputs(golden);
        List<PairError> pairs =
                PairError.ofAll(cameras(inputs.poses("in.pred_w2c")), cameras(inputs.poses("in.gt_w2c")), 0);
        double[] worst = pairs.stream().mapToDouble(PairError::worst).toArray();
        Results results = new Results(golden);
        results.put(
                "out.rotation_error_deg",
                pairs.stream().mapToDouble(PairError::rotation).toArray());
        results.put(
                "out.translation_error_deg",
                pairs.stream()
                        .mapToDouble(pair -> pair.direction().orElseThrow())
                        .toArray());
        results.put(
                "out.auc_30_15_05_03",
                Arrays.stream(AUC_DEGREES)
                        .mapToDouble(degrees -> PoseAuc.of(worst, degrees) / 100)
                        .toArray());
        return results.asMap();
    }

    private static List<Camera> cameras(List<Pose> poses) {
        return poses.stream().map(pose -> new Camera(pose, ARBITRARY)).toList();
    }

    private static Map<String, GoldenTensor> rotation(GoldenCase golden) throws IOException {
        double[] wxyz = golden.tensor("in.quat_wxyz").doubles();
        Results results = new Results(golden);
        results.putMatrices("out.rotation", List.of(new Quaternion(wxyz[1], wxyz[2], wxyz[3], wxyz[0]).toMatrix()));
        return results.asMap();
    }
}
