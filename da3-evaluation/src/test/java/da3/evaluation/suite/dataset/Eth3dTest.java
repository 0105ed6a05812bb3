package da3.evaluation.suite.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;

import da3.evaluation.EvaluationScene;
import da3.evaluation.Suite;
import da3.evaluation.surface.TsdfProtocol;
import da3.geometry.Camera;
import da3.geometry.PointCloud;
import da3.geometry.View;
import da3.geometry.math.Vec3;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Eth3dTest {

    private static final int WIDTH = 48;
    private static final int HEIGHT = 32;

    @TempDir
    private Path root;

    private Miniature files;

    @BeforeEach
    void writeElectro() throws IOException {
        files = new Miniature(root);
        files.text(
                "electro/dslr_calibration_jpg/cameras.txt",
                "# Camera list with one line of data per camera:\n#   CAMERA_ID, MODEL, WIDTH, HEIGHT, PARAMS[]\n"
                        + "# Number of cameras: 1\n0 THIN_PRISM_FISHEYE 48 32 40 41 24 16"
                        + " 0.2 -0.1 0.001 -0.002 0.05 0.01 0.0005 -0.0004\n");
        files.text(
                "electro/dslr_calibration_jpg/images.txt",
                "# Image list with two lines of data per image:\n"
                        + "#   IMAGE_ID, QW, QX, QY, QZ, TX, TY, TZ, CAMERA_ID, NAME\n"
                        + "#   POINTS2D[] as (X, Y, POINT3D_ID)\n# Number of images: 3\n"
                        + "1 1 0 0 0 0.5 0 0 0 dslr_images/DSC_9280.JPG\n10.5 11.5 -1\n"
                        + "2 1 0 0 0 0 0 0 0 dslr_images/DSC_9289.JPG\n\n"
                        + "3 1 0 0 0 -0.5 0 0 0 dslr_images/DSC_9294.JPG\n\n");
        for (String name : new String[] {"DSC_9280", "DSC_9294"}) {
            files.image("electro/images/dslr_images/" + name + ".JPG", WIDTH, HEIGHT);
            files.floats("electro/ground_truth_depth/dslr_images/" + name + ".JPG", "", depth());
        }
        files.gray8("electro/masks_for_images/dslr_images/DSC_9294.png", WIDTH, HEIGHT, i -> i % WIDTH < 24 ? 1 : 0);
        files.mesh("electro/combined_mesh.ply");
    }

    /** Infinite in the upper half, else 3. */
    private static float[] depth() {
        float[] depth = new float[WIDTH * HEIGHT];
        Arrays.fill(depth, 0, depth.length / 2, Float.POSITIVE_INFINITY);
        Arrays.fill(depth, depth.length / 2, depth.length, 3);
        return depth;
    }

    private EvaluationScene load() throws IOException {
        return suite().load("electro");
    }

    private Suite suite() {
        return new DataSetSuite("eth3d", new Eth3d(root), DataSetOptions.defaults());
    }

    @Test
    void photosAndDepthAreUndistortedAndTurnedViewsLeftOut() throws IOException {
        EvaluationScene scene = load();
        assertThat(scene.views()).hasSize(2);
        View view = scene.views().get(0);
        Camera camera = view.camera().orElseThrow();
        assertThat(camera.pose().cameraCenter().minus(new Vec3(-0.5, 0, 0)).norm())
                .isZero();
        // the axis stays where the true depth begins: row 16 of the photo
        int axis = (int) Math.floor(camera.intrinsics().cy());
        int middle = (int) camera.intrinsics().cx();
        assertThat(view.depth().at(middle, axis - 1)).isZero();
        assertThat(view.depth().at(middle, axis + 1)).isEqualTo(3);
        assertThat(view.image().channel(middle, axis, 0)).isCloseTo(24, within(3));
        assertThat(camera.intrinsics().fx() / camera.intrinsics().fy()).isCloseTo(40.0 / 41, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "delivery_area, DSC_0711.JPG, true",
        "delivery_area, DSC_0715.JPG, false",
        "electro, DSC_9293.JPG, true",
        "electro, DSC_9294.JPG, false",
        "electro, DSC_9298.JPG, true",
        "playground, DSC_0592.JPG, true",
        "relief, DSC_0427.JPG, true",
        "relief, DSC_0458.JPG, false",
        "relief_2, DSC_0468.JPG, true",
        "courtyard, DSC_0711.JPG, false",
    })
    void turnedViewsAreThoseOfTheReference(String scene, String image, boolean leftOut) {
        assertThat(Eth3d.isLeftOut(scene, "dslr_images/" + image)).isEqualTo(leftOut);
    }

    @Test
    void occludedPixelsHaveNoDepth() throws IOException {
        View view = load().views().get(1);
        int right = view.image().width() - 2;
        int bottom = view.image().height() - 2;
        assertThat(view.depth().at(1, bottom)).isZero();
        assertThat(view.depth().at(right, bottom)).isEqualTo(3);
    }

    @Test
    void theSurfaceIsSampledFromTheMesh() throws IOException {
        PointCloud points = load().surface().orElseThrow().points().load();
        assertThat(points.size()).isEqualTo(1_000_000);
        assertThat(points.positions()[2]).isEqualTo(1);
        assertThat(load().surface().orElseThrow().protocol().load()).isEqualTo(new TsdfProtocol(Eth3d.FUSION));
    }

    @Test
    void withoutTheMeshTheLaserScansAreAligned() throws IOException {
        files.delete("electro/combined_mesh.ply");
        files.text(
                "electro/dslr_scan_eval/scan_alignment.mlp",
                "<!DOCTYPE MeshLabDocument>\n<MeshLabProject>\n <MeshGroup>\n  <MLMesh label=\"scan1\""
                        + " filename=\"scan1.ply\">\n   <MLMatrix44>\n1 0 0 10 \n0 1 0 0 \n0 0 1 5 \n0 0 0 1 \n"
                        + "</MLMatrix44>\n  </MLMesh>\n </MeshGroup>\n</MeshLabProject>\n");
        EvaluationScene scene = load();
        assertThatIOException()
                .isThrownBy(() -> scene.surface().orElseThrow().points().load())
                .withMessageContaining("scan1.ply")
                .withMessageContaining("https://www.eth3d.net/datasets");
        files.text(
                "electro/dslr_scan_eval/scan1.ply",
                "ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nproperty float y\nproperty float z\n"
                        + "end_header\n1 2 3\n");
        assertThat(scene.surface().orElseThrow().points().load().positions()).containsExactly(11, 2, 8);
    }

    @Test
    void missingFilesAreNamedWithTheirSource() throws IOException {
        files.delete("electro/images/dslr_images/DSC_9294.JPG");
        assertThatIOException()
                .isThrownBy(this::load)
                .withMessageContaining("DSC_9294.JPG")
                .withMessageContaining("ETH3D keeps a photo of scene electro there")
                .withMessageContaining("https://www.eth3d.net/datasets");
        files.delete("electro/dslr_calibration_jpg/images.txt");
        assertThatIOException().isThrownBy(this::load).withMessageContaining("images.txt");
    }

    @Test
    void wrongSizesAreRefused() throws IOException {
        files.floats("electro/ground_truth_depth/dslr_images/DSC_9280.JPG", "", 1, 2, 3);
        assertThatIOException()
                .isThrownBy(this::load)
                .withMessageContaining("must have a float for each of 48x32 pixels, 6144 bytes, got 12");
        files.image("electro/images/dslr_images/DSC_9280.JPG", 32, 32);
        assertThatIOException()
                .isThrownBy(this::load)
                .withMessageContaining("must be of the size of its camera, 48x32, got 32x32");
    }

    @Test
    void malformedPosesAreRefused() throws IOException {
        files.text("electro/dslr_calibration_jpg/images.txt", "1 0 0 0 0 0 0 0 0 dslr_images/DSC_9280.JPG\n\n");
        assertThatIOException().isThrownBy(this::load).withMessageContaining("images.txt");
    }

    @Test
    void theDescriptionNamesWhatScenesFollowFrom() {
        assertThat(suite().description())
                .isEqualTo("eth3d: ETH3D high-resolution multi-view, undistorted, without the views that the reference"
                        + " leaves out, 11 scenes, at most 100 frames by seed 42, longest side 1024,"
                        + " protocol of the code");
    }
}
