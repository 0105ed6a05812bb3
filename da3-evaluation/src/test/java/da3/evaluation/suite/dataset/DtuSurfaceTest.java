package da3.evaluation.suite.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;

import da3.evaluation.ChangedPredictor;
import da3.evaluation.PredictedScene;
import da3.evaluation.Predictor;
import da3.evaluation.Suite;
import da3.evaluation.mode.Metric;
import da3.evaluation.mode.Mode;
import da3.evaluation.mode.Modes;
import da3.evaluation.mode.Samples;
import da3.evaluation.mode.ScenePredictions;
import da3.evaluation.predictor.OraclePredictor;
import da3.evaluation.run.Evaluation;
import da3.evaluation.run.EvaluationResult;
import da3.evaluation.surface.DtuProtocol;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import da3.io.ExportDirectory;
import da3.nn.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;

/** Surfaces of DTU, on six views that look straight at a wall 500 mm away, where their pixels are 1 mm apart. */
class DtuSurfaceTest {

    private static final String MASKS = "SampleSet/mvs_data/ObsMask/";
    private static final int SIDE = 24;
    private static final int DISTANCE = 500;

    /** Camera centers in mm, not on a line. */
    private static final int[][] CENTERS = {{0, 0}, {1, 0}, {0, 1}, {2, 1}, {1, 2}, {2, 2}};

    @TempDir
    private Path root;

    private Miniature files;
    private Suite suite;

    @BeforeEach
    void writeScan() throws IOException {
        files = new Miniature(root);
        for (int view = 0; view < CENTERS.length; view++) {
            files.image(String.format(Locale.ROOT, "Rectified/scan1/rect_%03d_3_r5000.png", view + 1), SIDE, SIDE);
            files.text(String.format(Locale.ROOT, "Cameras/%08d_cam.txt", view), camera(CENTERS[view]));
            float[] depth = new float[SIDE * SIDE];
            Arrays.fill(depth, DISTANCE);
            String base = "depth_raw/Depths/scan1/";
            files.floats(
                    base + String.format(Locale.ROOT, "depth_map_%04d.pfm", view),
                    "Pf\n" + SIDE + " " + SIDE + "\n-1.000000\n",
                    depth);
            files.gray8(base + String.format(Locale.ROOT, "depth_visual_%04d.png", view), SIDE, SIDE, i -> 255);
        }
        files.points("Points/stl/stl001_total.ply", wall());
        writeVolume();
        Matrix plane = Mat5.newMatrix(4, 1);
        plane.setDouble(2, 1); // all of the wall is at z above 0
        Mat5.writeToFile(
                Mat5.newMatFile().addArray("P", plane),
                files.path(MASKS + "Plane1.mat").toFile());
        suite = new DataSetSuite("dtu", new Dtu(root), DataSetOptions.defaults());
    }

    private static String camera(int[] center) {
        // the files count pixel centers from 0
        return String.format(
                Locale.ROOT,
                "extrinsic%n1 0 0 %d%n0 1 0 %d%n0 0 1 0%n0 0 0 1%n%nintrinsic%n500 0 11.5%n0 500 11.5%n0 0 1%n%n425 2.5%n",
                -center[0],
                -center[1]);
    }

    /** Returns the points of the wall that the inner pixels of the first view see, from -7.5 to 7.5 mm. */
    private static float[] wall() {
        int side = 16;
        float[] points = new float[3 * side * side];
        for (int i = 0; i < side * side; i++) {
            points[3 * i] = i % side + 0.5f - side / 2f;
            points[3 * i + 1] = i / side + 0.5f - side / 2f;
            points[3 * i + 2] = DISTANCE;
        }
        return points;
    }

    /** Writes voxels of 1 mm, -12 to 12 in x and y and 490 to 510 in z, observed where x is -7 to 5 and y -7 to 7. */
    private void writeVolume() throws IOException {
        int[] shape = {25, 25, 21};
        Matrix mask = Mat5.newMatrix(shape, MatlabType.UInt8);
        for (int i = 0; i < mask.getNumElements(); i++) {
            int x = i % shape[0]; // MATLAB stores x fastest
            int y = i / shape[0] % shape[1];
            mask.setInt(i, x >= 5 && x <= 17 && y >= 5 && y <= 19 ? 1 : 0);
        }
        double[][] bounds = {{-12, -12, 490}, {12, 12, 510}};
        Matrix box = Mat5.newMatrix(2, 3);
        for (int axis = 0; axis < 3; axis++) {
            box.setDouble(0, axis, bounds[0][axis]);
            box.setDouble(1, axis, bounds[1][axis]);
        }
        MatFile volume =
                Mat5.newMatFile().addArray("ObsMask", mask).addArray("BB", box).addArray("Res", Mat5.newScalar(1));
        Mat5.writeToFile(volume, files.path(MASKS + "ObsMask1_10.mat").toFile());
    }

    private Samples measured(Predictor predictor, String mode) throws IOException {
        Samples samples = new Samples();
        Mode measured = Modes.of(mode);
        measured.measure(new ScenePredictions(suite.load("scan1"), predictor, Optional::empty), samples);
        return samples;
    }

    private static PredictedScene moved(PredictedScene predicted, float millimeters) {
        List<View> views = predicted.views().stream()
                .map(view -> new View(view.image(), moved(view.depth(), millimeters), Optional.empty(), view.camera()))
                .toList();
        return new PredictedScene(views, Optional.empty());
    }

    private static ScalarMap moved(ScalarMap depth, float millimeters) {
        float[] values = depth.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] += millimeters;
        }
        return new ScalarMap(depth.width(), depth.height(), values);
    }

    @Test
    void theTruthHasNoErrorWhereItWasObserved() throws IOException {
        for (String mode : List.of("recon_unposed", "recon_posed")) {
            Samples samples = measured(new OraclePredictor(suite), mode);
            assertThat(samples.values(mode + ".surfaces")).as(mode).containsExactly(1);
            assertThat(samples.values(mode + ".accuracy")[0]).as(mode).isLessThan(0.05);
            assertThat(samples.values(mode + ".completeness")[0]).as(mode).isLessThan(0.05);
            assertThat(samples.values(mode + ".f1")).as(mode).isEmpty(); // the protocol defines none
        }
    }

    @Test
    void depthThatIsOffByTwoMillimetersHasThisError() throws IOException {
        Predictor farther = new ChangedPredictor(new OraclePredictor(suite), predicted -> moved(predicted, 2));
        for (String mode : List.of("recon_unposed", "recon_posed")) {
            Samples samples = measured(farther, mode);
            assertThat(samples.values(mode + ".accuracy")[0]).as(mode).isCloseTo(2, within(0.02));
            assertThat(samples.values(mode + ".completeness")[0]).as(mode).isCloseTo(2, within(0.02));
            assertThat(samples.values(mode + ".overall")[0]).as(mode).isCloseTo(2, within(0.02));
        }
    }

    /** The other scenes have no files; the picture shows no surface, because the protocol fuses no mesh. */
    @Test
    void aWholeEvaluationScoresTheScenesThatExist(@TempDir Path results) throws IOException {
        Predictor oracle = new OraclePredictor(suite);
        List<Mode> modes = List.of(Modes.of("recon_unposed"), Modes.of("recon_posed"));
        EvaluationResult result =
                new Evaluation(suite, List.of(oracle), modes, 22).run(ExportDirectory.open(results), Progress.SILENT);
        assertThat(result.failures()).hasSize(21).allSatisfy(failed -> assertThat(failed.error())
                .hasValueSatisfying(error -> assertThat(error).contains("the images of " + failed.scene())));
        for (Mode mode : modes) {
            Metric chamfer = mode.metrics().stream()
                    .filter(metric -> metric.id().equals("overall"))
                    .findFirst()
                    .orElseThrow();
            assertThat(result.value(chamfer, "oracle").orElseThrow()).isLessThan(0.05);
        }
        assertThat(result.pictures()).hasSize(1); // of depth
    }

    @Test
    void theProtocolIsReadFromMatlab() throws IOException {
        DtuProtocol protocol = (DtuProtocol)
                suite.load("scan1").surface().orElseThrow().protocol().load();
        assertThat(protocol.volume().shape()).containsExactly(25, 25, 21);
        assertThat(protocol.volume().observed().cardinality()).isEqualTo(13 * 15 * 21);
        assertThat(protocol.volume().contains(new double[] {5, 7, 500}, 0)).isTrue();
        assertThat(protocol.volume().contains(new double[] {7, 5, 500}, 0)).isFalse();
        assertThat(protocol.volume().min()).containsExactly(-12, -12, 490);
        assertThat(protocol.volume().max()).containsExactly(12, 12, 510);
        assertThat(protocol.volume().resolution()).isEqualTo(1);
        assertThat(protocol.plane()).containsExactly(0, 0, 1, 0);
        files.text(MASKS + "Plane1.mat", "none");
        assertThatIOException()
                .isThrownBy(() ->
                        suite.load("scan1").surface().orElseThrow().protocol().load())
                .withMessageContaining("Plane1.mat is not a MATLAB file of DTU's evaluation");
    }

    /** Cameras are scored without the files of the protocol. */
    @Test
    void missingFilesAreNamedWhenSurfacesAreScored() throws IOException {
        files.delete(MASKS + "Plane1.mat");
        assertThat(measured(new OraclePredictor(suite), "pose").values("pose.head.ate"))
                .hasSize(1);
        assertThatIOException()
                .isThrownBy(() ->
                        suite.load("scan1").surface().orElseThrow().protocol().load())
                .withMessageContaining("Plane1.mat")
                .withMessageContaining("roboimagedata.compute.dtu.dk");
    }
}
