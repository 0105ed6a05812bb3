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
    private static final String JSON = "{\"w\": 3840, \"h\": 2160, \"fl_x\": 3200, \"fl_y\": 3200, \"cx\": 1920,"
            + " \"cy\": 1080, \"k1\": 0.05, \"k2\": -0.02, \"p1\": 0.001, \"p2\": 0, \"camera_model\": \"OPENCV\","
            + " \"frames\": [{\"file_path\": \"images/frame_00001.png\", \"transform_matrix\":"
            + " [[1, 0, 0, 1], [0, 1, 0, 2], [0, 0, 1, 3], [0, 0, 0, 1]], \"colmap_im_id\": 1}]}";

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
                .withMessageContaining("must be of the size of its camera, 24x40, got 40x24");
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
        Miniature files = new Miniature(root);
        files.text(SCENE + "/nerfstudio/transforms.json", JSON);
        files.image(SCENE + "/nerfstudio/images_8/frame_00001.png", 480, 270);
        Suite suite = suite(new Dl3dv(root));
        assertThat(suite.scenes()).containsExactly(SCENE);
        View view = suite.load(SCENE).views().get(0);
        assertThat(view.image()).hasToString("Image[480x270]");
        // y is up and z backward there
        Pose pose = view.camera().orElseThrow().pose();
        assertThat(pose.cameraCenter().minus(new Vec3(1, 2, 3)).norm()).isLessThan(1e-12);
        assertThat(pose.transform(new Vec3(1, 2, 2)).z()).isEqualTo(1);
        assertThat(pose.transform(new Vec3(1, 3, 3)).y()).isEqualTo(-1);
        Intrinsics k = view.camera().orElseThrow().intrinsics();
        assertThat(k.fx()).isCloseTo(400, within(15.0));
        assertThat(view.image().channel((int) k.cx(), (int) k.cy(), 1)).isCloseTo(135, within(2));
    }

    @Test
    void brokenFilesOfDl3dvAreNamed() throws IOException {
        Miniature files = new Miniature(root);
        files.text(SCENE + "/nerfstudio/transforms.json", JSON);
        Suite suite = suite(new Dl3dv(root));
        assertThatIOException()
                .isThrownBy(() -> suite.load(SCENE))
                .withMessageContaining("images_8/frame_00001.png")
                .withMessageContaining("DL3DV/DL3DV-Benchmark");
        files.image(SCENE + "/nerfstudio/images_8/frame_00001.png", 960, 540);
        assertThatIOException()
                .isThrownBy(() -> suite.load(SCENE))
                .withMessageContaining("must be an image of 480x270, got 960x540");
        for (String[] change : new String[][] {
            {"[1, 0, 0, 1]", "[1, 0]", "must have a transform_matrix of 4x4 numbers"},
            {"[1, 0, 0, 1]", "[2, 0, 0, 1]", "has no valid pose"},
            {"\"w\": 3840, ", "", "must have a number 'w'"},
            {"\"frames\"", "\"pictures\"", "has no frames"},
            {"{\"w\"", "{w", "is no valid JSON"},
        }) {
            files.text(SCENE + "/nerfstudio/transforms.json", JSON.replace(change[0], change[1]));
            assertThatIOException()
                    .isThrownBy(() -> suite.load(SCENE))
                    .withMessageContaining("transforms.json of DL3DV")
                    .withMessageContaining(change[2]);
        }
    }
}
