package da3.evaluation.suite.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;

import da3.evaluation.EvaluationScene;
import da3.evaluation.surface.TsdfProtocol;
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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanNetPlusPlusTest {

    private static final String SCENE = "09c1414f1b";
    private static final String BASE = SCENE + "/merge_dslr_iphone/";

    @TempDir
    private Path root;

    private Miniature files;

    @BeforeEach
    void writeScene() throws IOException {
        files = new Miniature(root);
        writeModel(new double[] {60, 60, 32, 24, 0.1, -0.05, 0.001, 0.002}, 7);
        for (int i = 0; i < 7; i++) {
            files.image(BASE + "images/iphone/frame_00000" + i + ".jpg", 64, 48);
            // the upper half has no depth
            files.gray16(BASE + "render_depth/frame_00000" + i + ".png", 64, 48, p -> p < 64 * 24 ? 0 : 2500);
        }
        files.mesh(SCENE + "/scans/mesh_aligned_0.05.ply");
    }

    private void writeModel(double[] parameters, int frames) throws IOException {
        List<ColmapImage> images = new ArrayList<>();
        // names are not in their order, and the DSLR's are not used
        images.add(image(100, 2, "dslr/DSC01752.JPG"));
        for (int i = frames - 1; i >= 0; i--) {
            images.add(image(i + 1, 1, "iphone/frame_00000" + i + ".jpg"));
        }
        ColmapCamera phone = new ColmapCamera(1, ColmapCameraModel.OPENCV, 64, 48, parameters);
        ColmapCamera dslr = new ColmapCamera(
                2, ColmapCameraModel.OPENCV_FISHEYE, 64, 48, new double[] {30, 30, 32, 24, 0, 0, 0, 0});
        ColmapFiles.writeBinary(
                new ColmapModel(List.of(phone, dslr), images, List.of()), root, BASE + "colmap/sparse_render_rgb");
    }

    private static ColmapImage image(int id, int camera, String name) {
        Pose pose = new Pose(Mat3.IDENTITY, new Vec3(-id, 0, 0));
        return new ColmapImage(id, pose, camera, name, new double[0], new long[0]);
    }

    private EvaluationScene load(Protocol protocol) throws IOException {
        DataSetOptions options = DataSetOptions.defaults().withProtocol(protocol);
        return new DataSetSuite("scannetpp", new ScanNetPlusPlus(root, protocol), options).load(SCENE);
    }

    @Test
    void imagesOfTheIphoneAreUndistortedAndResized() throws IOException {
        EvaluationScene scene = load(Protocol.CODE);
        assertThat(scene.views()).hasSize(7);
        View view = scene.views().get(2);
        assertThat(view.image()).hasToString("Image[1024x768]");
        assertThat(view.camera().orElseThrow().pose().cameraCenter().x()).isEqualTo(3);
        Intrinsics k = view.camera().orElseThrow().intrinsics();
        assertThat(view.depth().at((int) k.cx(), (int) k.cy() - 20)).isZero();
        assertThat(view.depth().at((int) k.cx(), (int) k.cy() + 20)).isEqualTo(2.5f);
        assertThat(view.image().channel((int) k.cx(), (int) k.cy(), 0)).isCloseTo(32, within(3));
        assertThat(scene.surface().orElseThrow().protocol().load()).isEqualTo(new TsdfProtocol(ScanNetPlusPlus.FUSION));
    }

    @Test
    void thePaperTakesEvery5thFrame() throws IOException {
        assertThat(load(Protocol.PAPER).views())
                .extracting(view ->
                        view.camera().orElseThrow().pose().cameraCenter().x())
                .containsExactly(1.0, 6.0);
        assertThat(new ScanNetPlusPlus(root, Protocol.PAPER).description()).contains("every 5th frame");
    }

    /** The reference chooses frames among the images that exist. */
    @Test
    void imagesOfTheModelWithoutAFileDoNotCount() throws IOException {
        files.delete(BASE + "images/iphone/frame_000000.jpg");
        assertThat(load(Protocol.PAPER).views())
                .extracting(view ->
                        view.camera().orElseThrow().pose().cameraCenter().x())
                .containsExactly(2.0, 7.0);
        for (int i = 1; i < 7; i++) {
            files.delete(BASE + "images/iphone/frame_00000" + i + ".jpg");
        }
        assertThatIOException()
                .isThrownBy(() -> load(Protocol.CODE))
                .withMessageContaining("frame_000000.jpg")
                .withMessageContaining("ScanNet++ keeps the images of scene");
    }

    @Test
    void missingFilesAreNamed() throws IOException {
        files.delete(BASE + "render_depth/frame_000004.png");
        assertThatIOException()
                .isThrownBy(() -> load(Protocol.CODE))
                .withMessageContaining("frame_000004.png")
                .withMessageContaining("kaldir.vc.in.tum.de/scannetpp");
        assertThatIOException()
                .isThrownBy(() -> new ScanNetPlusPlus(root, Protocol.CODE).open("7831862f02"))
                .withMessageContaining("sparse_render_rgb")
                .withMessageContaining("the COLMAP model of scene 7831862f02");
    }

    @Test
    void wrongSizesAndModelsWithoutThePhoneAreRefused() throws IOException {
        files.image(BASE + "images/iphone/frame_000000.jpg", 32, 48);
        assertThatIOException()
                .isThrownBy(() -> load(Protocol.CODE))
                .withMessageContaining("must be of the size of its camera, 64x48, got 32x48");
        writeModel(new double[] {60, 60, 32, 24, 0, 0, 0, 0}, 0);
        assertThatIOException()
                .isThrownBy(() -> load(Protocol.CODE))
                .withMessageContaining("has no image of the iPhone");
    }
}
