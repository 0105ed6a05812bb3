package da3.evaluation.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import da3.evaluation.EvaluationScene;
import da3.evaluation.Suite;
import da3.evaluation.WallSuite;
import da3.evaluation.mode.Modes;
import da3.evaluation.mode.Samples;
import da3.evaluation.mode.ScenePredictions;
import da3.evaluation.run.Evaluation;
import da3.evaluation.run.EvaluationResult;
import da3.evaluation.suite.SyntheticSuite;
import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.io.ExportDirectory;
import da3.io.MiniNpz;
import da3.io.Trajectories;
import da3.io.colmap.ColmapCamera;
import da3.io.colmap.ColmapCameraModel;
import da3.io.colmap.ColmapFiles;
import da3.io.colmap.ColmapImage;
import da3.io.colmap.ColmapModel;
import da3.nn.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePredictorTest {

    private static final Suite WALL = new WallSuite();

    @TempDir
    Path folder;

    private static Scene truth(Suite suite, String scene) throws IOException {
        return new Scene(suite.load(scene).views(), Optional.empty(), true);
    }

    private Samples measured(String mode) throws IOException {
        Samples samples = new Samples();
        EvaluationScene scene = WALL.load("wall");
        Modes.of(mode).measure(new ScenePredictions(scene, new FilePredictor(folder), Optional::empty), samples);
        return samples;
    }

    @Test
    void archivesAreScoredAsTheyWere() throws IOException {
        MiniNpz.write(truth(WALL, "wall"), folder.resolve("wall"));
        assertThat(measured("depth").values("depth.abs_rel")[0]).isCloseTo(0, within(1e-6));
        assertThat(measured("recon_unposed").values("recon_unposed.recall")).containsExactly(1);
        assertThat(measured("pose").values("pose.head.ate")[0]).isCloseTo(0, within(1e-6));
        // what was not computed before is left out
        for (String mode : List.of("mono", "metric", "depth_posed", "recon_posed", "view_synthesis")) {
            assertThat(measured(mode).names()).as(mode).isEmpty();
        }
    }

    @Test
    void predictionsForGivenCamerasAreInAFolderOfTheirOwn() throws IOException {
        MiniNpz.write(truth(WALL, "wall"), folder.resolve("wall/unposed"));
        MiniNpz.write(truth(WALL, "wall"), folder.resolve("wall/posed"));
        assertThat(measured("recon_posed").values("recon_posed.recall")).containsExactly(1);
        assertThat(measured("depth_posed").values("depth_posed.abs_rel")[0]).isCloseTo(0, within(1e-6));
    }

    /** Depth and cameras of images of half the size. */
    @Test
    void smallerMapsAreEnlarged() throws IOException {
        List<View> small = new ArrayList<>();
        for (View view : WALL.load("wall").views()) {
            int width = view.image().width() / 2;
            int height = view.image().height() / 2;
            float[] depth = new float[width * height];
            Arrays.fill(depth, (float) WallSuite.DISTANCE);
            small.add(new View(
                    new Image(width, height, new byte[3 * width * height]),
                    new ScalarMap(width, height, depth),
                    Optional.empty(),
                    view.camera()
                            .map(camera -> new Camera(
                                    camera.pose(), camera.intrinsics().scaled(0.5, 0.5)))));
        }
        MiniNpz.write(new Scene(small, Optional.empty(), true), folder.resolve("wall"));
        assertThat(measured("recon_unposed").values("recon_unposed.recall")).containsExactly(1);
        assertThat(measured("pose").values("pose.head.fov")[0]).isCloseTo(0, within(1e-4));
    }

    @Test
    void trajectoriesAreScoredWithoutDepthAndFieldsOfView() throws IOException {
        Trajectories.writeTum(truth(WALL, "wall"), folder.resolve("wall"));
        Samples poses = measured("pose");
        assertThat(poses.values("pose.head.rotation")[0]).isCloseTo(0, within(1e-6));
        assertThat(poses.values("pose.head.ate")[0]).isCloseTo(0, within(1e-9));
        assertThat(poses.values("pose.head.fov")).isEmpty();
        assertThat(measured("depth").names()).isEmpty();
        assertThat(measured("recon_unposed").names()).isEmpty();
    }

    @Test
    void imagesOfColmapGoWithViewsByTheirNames() throws IOException {
        List<ColmapImage> images = new ArrayList<>();
        List<View> views = WALL.load("wall").views();
        for (int i = views.size() - 1; i >= 0; i--) { // COLMAP numbers images in any order
            images.add(new ColmapImage(
                    views.size() - i,
                    views.get(i).camera().orElseThrow().pose(),
                    1,
                    "frame" + i + ".png",
                    new double[0],
                    new long[0]));
        }
        ColmapCamera camera = new ColmapCamera(1, ColmapCameraModel.PINHOLE, 96, 96, new double[] {96, 96, 48, 48});
        ColmapFiles.writeText(new ColmapModel(List.of(camera), images, List.of()), folder.resolve("wall"), "sparse/0");
        Samples poses = measured("pose");
        assertThat(poses.values("pose.head.ate")[0]).isCloseTo(0, within(1e-9));
        assertThat(poses.values("pose.head.fov")[0]).isCloseTo(0, within(1e-9));
    }

    @Test
    void missingScenesFailAndDoNotEndTheRun() throws IOException {
        Suite suite = new SyntheticSuite(2, 2, 2, List.of(new SyntheticSuite.Size(14, 28)));
        String first = suite.scenes().get(0);
        MiniNpz.write(truth(suite, first), folder.resolve("files").resolve(first));
        EvaluationResult result = new Evaluation(
                        suite,
                        List.of(new FilePredictor(folder.resolve("files"))),
                        List.of(Modes.of("depth"), Modes.of("pose")),
                        0)
                .run(ExportDirectory.open(folder.resolve("out")), Progress.SILENT);
        assertThat(result.failures()).hasSize(1);
        assertThat(result.failures().get(0).error().orElseThrow())
                .contains(suite.scenes().get(1))
                .contains("must hold results.npz, a COLMAP model or trajectory_tum.txt");
        assertThat(result.value(Modes.of("depth").metrics().get(0), "files").orElseThrow())
                .isCloseTo(0, within(1e-5));
    }

    @Test
    void filesThatDoNotFitAreNamed() throws IOException {
        Files.createDirectories(folder.resolve("wall"));
        Path file = folder.resolve("wall/trajectory_tum.txt");
        Files.writeString(file, "# time tx ty tz qx qy qz qw\n0 0 0 0 0 0 0 1\n");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> measured("pose"))
                .withMessageContaining(file + ": number of views must be that of the scene, 5, got 1");
        Files.writeString(file, "0 0 0 0 0 0 1\n");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> measured("pose"))
                .withMessageContaining("line 1 must be time, tx, ty, tz, qx, qy, qz and qw, got 0 0 0 0 0 0 1");
        assertThatExceptionOfType(NotDirectoryException.class)
                .isThrownBy(() -> new FilePredictor(folder.resolve("nowhere")));
    }
}
