package da3.evaluation.suite.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import da3.evaluation.EvaluationScene;
import da3.evaluation.surface.FusionSettings;
import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.PointCloud;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.TriangleMesh;
import da3.geometry.View;
import da3.io.Ply;
import da3.io.PlyFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetPartsTest {

    @TempDir
    private Path root;

    /** A data set of one scene. */
    private static DataSetSuite suite(SceneFiles.Frame... frames) {
        DataSet dataSet = new DataSet() {
            @Override
            public String description() {
                return "a few views";
            }

            @Override
            public List<String> scenes() {
                return List.of("scene");
            }

            @Override
            public SceneFiles open(String scene) {
                return new SceneFiles(List.of(frames), Optional.empty());
            }
        };
        return new DataSetSuite("few", dataSet, DataSetOptions.defaults());
    }

    private static View view(int width, int height) {
        float[] depth = new float[width * height];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = i;
        }
        return Views.of(
                Miniature.gradient(width, height),
                new ScalarMap(width, height, depth),
                new Camera(Pose.IDENTITY, new Intrinsics(10, 10, width / 2.0, height / 2.0)));
    }

    @Test
    void largeViewsShrinkWithoutMixingDepth() {
        View small = ViewResize.atMost(view(8, 4), 4);
        assertThat(small.image()).hasToString("Image[4x2]");
        assertThat(small.depth().values()).containsExactly(9, 11, 13, 15, 25, 27, 29, 31);
        assertThat(small.camera().orElseThrow().intrinsics()).isEqualTo(new Intrinsics(5, 5, 2, 1));
        View same = view(8, 4);
        assertThat(ViewResize.atMost(same, 8)).isSameAs(same);
        assertThat(ViewResize.to(view(2, 2), 4, 2).depth().values()).containsExactly(0, 0, 1, 1, 2, 2, 3, 3);
    }

    @Test
    void viewsOfOneSceneAreCroppedToOneSize() throws IOException {
        DataSetSuite suite = suite(() -> view(6, 4), () -> view(4, 6));
        EvaluationScene scene = suite.load("scene");
        View first = scene.views().get(0);
        assertThat(first.image()).hasToString("Image[4x4]");
        assertThat(first.depth().values()).startsWith(1, 2, 3, 4, 7);
        assertThat(first.image().channel(0, 0, 0)).isEqualTo(1);
        assertThat(first.camera().orElseThrow().intrinsics()).isEqualTo(new Intrinsics(10, 10, 2, 2));
        assertThat(scene.views().get(1).depth().values()).startsWith(4, 5, 6, 7, 8);
        assertThat(scene.groups()).containsEntry("data set", "few");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> suite.load("attic"))
                .withMessage("scene must be one of the 1 scenes of few, got attic");
    }

    @Test
    void largerViewsShrinkToTheSmallestBeforeTheyAreCropped() throws IOException {
        EvaluationScene scene = suite(() -> view(12, 8), () -> view(6, 2)).load("scene");
        View first = scene.views().get(0);
        assertThat(first.image()).hasToString("Image[6x2]");
        assertThat(first.camera().orElseThrow().intrinsics()).isEqualTo(new Intrinsics(5, 5, 3, 1));
        assertThat(first.depth().at(0, 0)).isEqualTo(3 * 12 + 1);
    }

    @Test
    void surfacesArePointsSpreadByArea() throws IOException {
        // two triangles of areas 1 and 3 in the planes z = 0 and z = 1
        float[] positions = {0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 2, 0, 1, 0, 3, 1};
        FusionSettings settings = new FusionSettings(1, 1, 1, 1, 1).withSamples(20_000);
        PointCloud points = surface(positions, new int[] {0, 1, 2, 3, 4, 5}, settings);
        double upper = 0;
        double x = 0;
        for (int i = 0; i < points.size(); i++) {
            upper += points.positions()[3 * i + 2];
            x += points.positions()[3 * i];
        }
        assertThat(upper / points.size()).isCloseTo(0.75, within(1e-3));
        assertThat(x / points.size()).isCloseTo(2.0 / 3, within(0.01));
        assertThatIOException()
                .isThrownBy(() -> surface(new float[9], new int[3], settings))
                .withMessageEndingWith(
                        "surface.ply of test cannot be sampled: area of the mesh must be positive and finite, got 0.0");
    }

    private PointCloud surface(float[] positions, int[] triangles, FusionSettings settings) throws IOException {
        Path file = root.resolve("surface.ply");
        TriangleMesh mesh =
                new TriangleMesh(positions, new float[positions.length], new byte[positions.length], triangles);
        Ply.write(mesh, file, PlyFormat.BINARY_LITTLE_ENDIAN);
        return Surfaces.of(new DataSetFolder(root, "test", "none"), file, settings)
                .points()
                .load();
    }
}
