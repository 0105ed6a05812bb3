package da3.evaluation.suite.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;

import da3.evaluation.EvaluationScene;
import da3.evaluation.Suite;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.View;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.io.colmap.ColmapCamera;
import da3.io.colmap.ColmapCameraModel;
import da3.io.colmap.ColmapFiles;
import da3.io.colmap.ColmapImage;
import da3.io.colmap.ColmapModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tanks and Temples, MegaDepth and DL3DV, which have cameras but no depth. */
class ViewSynthesisDataSetsTest {

    private static final String SCENE = "0a1b7c20a92c43c6b8954b1ac909fb2f0fa8b2997b80604bc8bbec80a1cb2da3";

    @TempDir
    private Path root;

    private static Suite suite(DataSet dataSet) {
        return new DataSetSuite("set", dataSet, DataSetOptions.defaults());
    }

    private Miniature writeModel(String sparse, String images) throws IOException {
        Miniature files = new Miniature(root);
        ColmapCamera wide =
                new ColmapCamera(1, ColmapCameraModel.SIMPLE_RADIAL, 48, 32, new double[] {40, 24, 16, 0.1});
        ColmapCamera high = new ColmapCamera(2, ColmapCameraModel.PINHOLE, 24, 40, new double[] {40, 40, 12, 20});
        ColmapFiles.writeBinary(
                new ColmapModel(
                        List.of(wide, high),
                        List.of(
                                new ColmapImage(2, pose(5), 2, "b.jpg", new double[0], new long[0]),
                                new ColmapImage(1, pose(4), 1, "a.jpg", new double[0], new long[0])),
                        List.of()),
                root,
                sparse);
        files.image(images + "/a.jpg", 48, 32);
        files.image(images + "/b.jpg", 24, 40);
        return files;
    }

    private static Pose pose(double x) {
        return new Pose(Mat3.IDENTITY, new Vec3(-x, 0, 0));
    }

    @Test
    void megaDepthIsUndistortedAndCropped() throws IOException {
        Miniature files = writeModel("MegaDepth_v1_SfM/5000/sparse/manhattan/0", "MegaDepth_v1_SfM/5000/images");
        MegaDepth megaDepth = new MegaDepth(root);
        assertThat(megaDepth.scenes()).hasSize(19).startsWith("5000").endsWith("5018");
        EvaluationScene scene = suite(megaDepth).load("5000");
        assertThat(scene.cameras().orElseThrow())
                .extracting(camera -> camera.pose().cameraCenter().x())
                .containsExactly(4.0, 5.0);
        View first = scene.views().get(0);
        assertThat(first.image().width()).isEqualTo(24);
        assertThat(first.image().height()).isLessThanOrEqualTo(32);
        assertThat(first.depth().values()).containsOnly(0);
        assertThat(first.camera().orElseThrow().intrinsics().cx()).isCloseTo(12, within(1.0));
        files.image("MegaDepth_v1_SfM/5000/images/b.jpg", 40, 24);
        assertThatIOException()
                .isThrownBy(() -> suite(megaDepth).load("5000"))
                .withMessageContaining("must have the aspect ratio of its camera, 24x40, got 40x24");
        assertThatIOException()
                .isThrownBy(() -> suite(megaDepth).load("5001"))
                .withMessageContaining("https://www.cs.cornell.edu/projects/megadepth/");
    }

    @Test
    void tanksAndTemplesHasNoCourthouse() throws IOException {
        Miniature files = writeModel("Barn/sparse/0", "Barn/images");
        TanksAndTemples tanks = new TanksAndTemples(root);
        assertThat(tanks.scenes()).containsExactly("Barn", "Caterpillar", "Church", "Ignatius", "Meetingroom", "Truck");
        assertThat(suite(tanks).load("Barn").views()).hasSize(2);
        files.delete("Barn/images/a.jpg");
        assertThatIOException()
                .isThrownBy(() -> suite(tanks).load("Barn"))
                .withMessageContaining("a.jpg")
                .withMessageContaining("https://www.tanksandtemples.org/download/");
        files.delete("Barn/sparse/0/images.bin");
        assertThatIOException()
                .isThrownBy(() -> suite(tanks).load("Barn"))
                .withMessageContaining("holds no COLMAP cameras and images");
    }

    @Test
    void dl3dvIsReadAt270x480() throws IOException {
        Miniature files = writeDl3dv();
        Suite suite = suite(new Dl3dv(root));
        assertThat(suite.scenes()).containsExactly(SCENE);
        View view = suite.load(SCENE).views().get(0);
        assertThat(view.image()).hasToString("Image[480x270]");
        assertThat(view.camera().orElseThrow().pose().cameraCenter().x()).isEqualTo(4);
        // the camera is that of the full size, the image a quarter of it
        assertThat(view.camera().orElseThrow().intrinsics()).isEqualTo(new Intrinsics(400, 400, 240, 135));
        files.image(SCENE + "/gaussian_splat/images_4/frame_00001.png", 540, 960);
        assertThatIOException()
                .isThrownBy(() -> suite.load(SCENE))
                .withMessageContaining("must have the aspect ratio of its camera, 3840x2160, got 540x960");
        files.delete(SCENE + "/gaussian_splat/images_4/frame_00001.png");
        assertThatIOException()
                .isThrownBy(() -> suite.load(SCENE))
                .withMessageContaining("images_4/frame_00001.png")
                .withMessageContaining("DL3DV/DL3DV-Benchmark");
        files.delete(SCENE + "/gaussian_splat/sparse/0/cameras.bin");
        assertThatIOException()
                .isThrownBy(() -> suite.load(SCENE))
                .withMessageContaining("holds no COLMAP cameras and images");
    }

    private static String transforms(String k1, String firstEntry) {
        return """
                {"w": 3840, "h": 2160, "fl_x": 3200.0, "fl_y": 3200.0, "cx": 1920.0, "cy": 1080.0,
                 "k1": %s, "k2": 0.0, "p1": 0.0, "p2": 0.0, "camera_model": "OPENCV", "frames": [
                  {"file_path": "images/frame_00002.png",
                   "transform_matrix": [[1, 0, 0, 5], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]},
                  {"file_path": "images/frame_00001.png",
                   "transform_matrix": [[%s, 0, 0, 4], [0, 0, -1, 0], [0, 1, 0, 0], [0, 0, 0, 1]]}]}
                """
                .formatted(k1, firstEntry);
    }

    /** The script of the data set downloads this layout only. */
    @Test
    void dl3dvIsAlsoReadInTheLayoutOfNerfstudio() throws IOException {
        Miniature files = new Miniature(root);
        files.text(SCENE + "/nerfstudio/transforms.json", transforms("0.0", "1"));
        files.image(SCENE + "/nerfstudio/images_4/frame_00001.png", 960, 540);
        files.image(SCENE + "/nerfstudio/images_4/frame_00002.png", 960, 540);
        Suite suite = suite(new Dl3dv(root));
        EvaluationScene scene = suite.load(SCENE);
        assertThat(scene.cameras().orElseThrow())
                .extracting(camera -> camera.pose().cameraCenter().x())
                .containsExactly(4.0, 5.0);
        View first = scene.views().get(0);
        assertThat(first.image()).hasToString("Image[480x270]");
        Intrinsics k = first.camera().orElseThrow().intrinsics();
        assertThat(k.fx()).isCloseTo(400, within(0.5)); // a border of a pixel may be cropped
        assertThat(k.cy()).isCloseTo(135, within(0.5));
        // its matrix raises the camera of OpenGL, which looks along -z, to look along y
        Vec3 ahead = first.camera().orElseThrow().pose().inverse().transform(new Vec3(0, 0, 1));
        assertThat(ahead.minus(new Vec3(4, 1, 0)).norm()).isZero();

        files.text(SCENE + "/nerfstudio/transforms.json", transforms("0.1", "1"));
        View undistorted = suite.load(SCENE).views().get(0);
        assertThat(undistorted.image().rgb()).isNotEqualTo(first.image().rgb());
        assertThat(undistorted.image()).hasToString("Image[480x270]");
    }

    @Test
    void malformedTransformsAreRefused() throws IOException {
        Miniature files = new Miniature(root);
        String file = SCENE + "/nerfstudio/transforms.json";
        files.text(file, transforms("\"wide\"", "1"));
        Suite suite = suite(new Dl3dv(root));
        assertThatIOException()
                .isThrownBy(() -> suite.load(SCENE))
                .withMessageContaining("transforms.json of DL3DV must have a number as k1, got 'wide'");
        files.text(file, transforms("0", "2"));
        assertThatIOException().isThrownBy(() -> suite.load(SCENE)).withMessageContaining("has no valid pose");
        files.text(file, "{");
        assertThatIOException().isThrownBy(() -> suite.load(SCENE)).withMessageContaining("is not JSON");
        files.text(file, transforms("0", "1").replace("\"frames\"", "\"others\""));
        assertThatIOException().isThrownBy(() -> suite.load(SCENE)).withMessageContaining("has no frames");
        files.delete(file);
        assertThatIOException()
                .isThrownBy(() -> suite.load(SCENE))
                .withMessageContaining("gaussian_splat/sparse/0")
                .withMessageContaining("folders gaussian_splat or nerfstudio");
    }

    private Miniature writeDl3dv() throws IOException {
        Miniature files = new Miniature(root);
        ColmapCamera camera =
                new ColmapCamera(1, ColmapCameraModel.PINHOLE, 3840, 2160, new double[] {3200, 3200, 1920, 1080});
        ColmapImage image = new ColmapImage(1, pose(4), 1, "frame_00001.png", new double[0], new long[0]);
        ColmapFiles.writeBinary(
                new ColmapModel(List.of(camera), List.of(image), List.of()), root, SCENE + "/gaussian_splat/sparse/0");
        files.image(SCENE + "/gaussian_splat/images_4/frame_00001.png", 960, 540);
        return files;
    }
}
