package da3.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.evaluation.Oracle;
import da3.evaluation.Predictor;
import da3.evaluation.Suite;
import da3.evaluation.mode.Mode;
import da3.evaluation.mode.Modes;
import da3.evaluation.predictor.ConstantPredictor;
import da3.evaluation.suite.SyntheticSuite;
import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.geometry.metrics.DepthMetrics;
import da3.io.ExportDirectory;
import da3.nn.Progress;
import da3.synthetic.SceneFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Correct predictions, and predictions with a known error, get the expected scores. */
class OracleTest {

    private static final int ROWS = 28;
    private static final int COLUMNS = 42;
    private static final List<SyntheticSuite.Size> SIZES = List.of(new SyntheticSuite.Size(ROWS, COLUMNS));
    private static final List<SceneFamily> FAMILIES =
            List.of(SceneFamily.ROOM, SceneFamily.STREET, SceneFamily.PILE, SceneFamily.CORRIDOR);
    private static final Suite PAIRS = new SyntheticSuite(6, 2, 2, SIZES);

    @TempDir
    Path folder;

    private EvaluationResult evaluated(Suite suite, Predictor... predictors) throws IOException {
        return new Evaluation(suite, List.of(predictors), Modes.all(), 1)
                .run(ExportDirectory.open(folder), Progress.SILENT);
    }

    private static OptionalDouble value(EvaluationResult result, String mode, String metric) {
        Mode asked = Modes.of(mode);
        return result.value(
                asked.metrics().stream()
                        .filter(each -> each.id().equals(metric))
                        .findFirst()
                        .orElseThrow(),
                result.predictors().keySet().iterator().next());
    }

    private static void assertValue(EvaluationResult result, String mode, String metric, double expected) {
        assertThat(value(result, mode, metric).orElseThrow())
                .as(mode + " " + metric)
                .isCloseTo(expected, within(1e-5));
    }

    @Test
    void theTruthHasPerfectScores() throws IOException {
        Suite suite = new SyntheticSuite(8, 1, 3, SIZES, FAMILIES);
        EvaluationResult result = evaluated(suite, Oracle.of(suite));
        assertThat(result.failures()).isEmpty();
        for (String mode : List.of("depth", "depth_posed", "mono")) {
            assertValue(result, mode, "abs_rel", 0);
            assertValue(result, mode, "delta1", 1);
        }
        for (String source : List.of("head", "rays")) {
            for (int degrees : new int[] {3, 5, 15, 30}) {
                assertValue(result, "pose", source + "_auc" + degrees, 100);
            }
            assertValue(result, "pose", source + "_rotation", 0);
            assertValue(result, "pose", source + "_direction", 0);
            assertValue(result, "pose", source + "_fov", 0);
        }
        assertThat(value(result, "pose", "identity_rotation").orElseThrow()).isGreaterThan(3);
    }

    @Test
    void aRotationOfTwoDegreesGivesAnErrorOfTwoDegrees() throws IOException {
        EvaluationResult result = evaluated(PAIRS, Oracle.withLaterCameras(PAIRS, camera -> turned(camera, 2)));
        assertValue(result, "pose", "head_rotation", 2);
        assertValue(result, "pose", "rays_rotation", 2);
        double identity = value(result, "pose", "identity_rotation").orElseThrow();
        assertValue(result, "pose", "head_rotation_of_identity", 2 / identity);
        assertValue(result, "depth", "abs_rel", 0);
    }

    /** The reference's areas are means over scenes; cameras that only turn have no direction to be wrong about. */
    @Test
    void areasAsInThePaperAreMeansOverScenes() throws IOException {
        Suite suite = new SyntheticSuite(12, 2, 2, SIZES, FAMILIES);
        assertThat(suite.load(suite.scenes().get(8)).groups()).containsEntry("motion", "rotation");
        EvaluationResult result = evaluated(suite, Oracle.withLaterCameras(suite, camera -> turned(camera, 2.5)));
        assertValue(result, "pose", "head_paper_auc3", 100 / 3.0);
        assertValue(result, "pose", "rays_paper_auc30", 100 * 28 / 30.0);
    }

    @Test
    void areasUnderTheCurveFollowFromTheRotation() throws IOException {
        EvaluationResult result = evaluated(PAIRS, Oracle.withLaterCameras(PAIRS, camera -> turned(camera, 2.5)));
        assertValue(result, "pose", "head_auc3", 100 / 3.0); // directions are off by at most as much
        assertValue(result, "pose", "head_auc5", 60);
        assertValue(result, "pose", "head_auc15", 100 * 13 / 15.0);
        assertValue(result, "pose", "head_auc30", 100 * 28 / 30.0);
    }

    @Test
    void anUnrelatedViewLowersTheScoreOfPredictorsThatUseIt() throws IOException {
        EvaluationResult result = evaluated(PAIRS, Oracle.withLaterCameras(PAIRS, camera -> turned(camera, 0.1)));
        assertThat(value(result, "pose", "head_swapped").orElseThrow()).isGreaterThan(10);
        EvaluationResult blind = new Evaluation(PAIRS, List.of(new ConstantPredictor()), Modes.all(), 0)
                .run(ExportDirectory.open(folder.resolve("blind")), Progress.SILENT);
        assertValue(blind, "pose", "head_swapped", 1);
    }

    @Test
    void scaleDoesNotCount() throws IOException {
        EvaluationResult result = evaluated(PAIRS, Oracle.withDepth(PAIRS, depth -> depth.scaled(1.1)));
        assertValue(result, "depth", "abs_rel", 0);
        assertValue(result, "depth", "delta1", 1);
        assertValue(result, "depth_posed", "abs_rel", 0);
        assertValue(result, "mono", "abs_rel", 0);
    }

    @Test
    void fieldsOfViewAreComparedInDegrees() throws IOException {
        EvaluationResult result = evaluated(PAIRS, Oracle.withLaterCameras(PAIRS, camera -> widened(camera, 3)));
        assertValue(result, "pose", "head_fov", 1.5); // every second view is right
        assertValue(result, "pose", "rays_fov", 1.5);
        assertValue(result, "pose", "head_rotation", 0);
    }

    @Test
    void theConstantPredictorHasTheExpectedScores() throws IOException {
        EvaluationResult result = evaluated(PAIRS, new ConstantPredictor());
        double sum = 0;
        for (String scene : PAIRS.scenes()) {
            float[] truth = new float[2 * ROWS * COLUMNS];
            for (int i = 0; i < 2; i++) {
                float[] depth = PAIRS.load(scene).views().get(i).depth().values();
                System.arraycopy(depth, 0, truth, i * depth.length, depth.length);
            }
            sum += DepthMetrics.ofConstant(truth).absRel();
        }
        assertValue(result, "depth", "abs_rel", sum / PAIRS.scenes().size());
        assertValue(result, "pose", "head_rotation_of_identity", 1);
        double identity = value(result, "pose", "identity_rotation").orElseThrow();
        assertThat(value(result, "pose", "constant_rotation").orElseThrow()).isLessThanOrEqualTo(identity);
    }

    /** Returns a camera rotated about its own x axis. */
    private static Camera turned(Camera camera, double degrees) {
        double a = Math.toRadians(degrees);
        Mat3 turn = new Mat3(1, 0, 0, 0, Math.cos(a), -Math.sin(a), 0, Math.sin(a), Math.cos(a));
        return new Camera(new Pose(turn, Vec3.ZERO).compose(camera.pose()), camera.intrinsics());
    }

    /** Returns a camera with a wider horizontal and vertical field of view. */
    private static Camera widened(Camera camera, double degrees) {
        Intrinsics k = camera.intrinsics();
        return new Camera(
                camera.pose(),
                new Intrinsics(focal(COLUMNS, k.fx(), degrees), focal(ROWS, k.fy(), degrees), k.cx(), k.cy()));
    }

    private static double focal(int pixels, double focal, double degrees) {
        double half = Math.atan(pixels / (2 * focal)) + Math.toRadians(degrees) / 2;
        return pixels / (2 * Math.tan(half));
    }
}
