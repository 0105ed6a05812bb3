package da3.evaluation.suite.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import da3.evaluation.EvaluationScene;
import da3.evaluation.surface.TsdfProtocol;
import da3.geometry.Intrinsics;
import da3.geometry.View;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HiRoomTest {

    private static final String SCENE = "data/20241230/828805/cam_sampled_06/";

    @TempDir
    private Path root;

    private Miniature files;

    @BeforeEach
    void writeRoom() throws IOException {
        files = new Miniature(root);
        files.text("selected_scene_list_val.txt", "20241230/828805/cam_sampled_06\n");
        files.npy(SCENE + "cam_K.npy", "3, 3", 40, 0, 16, 0, 41, 12, 0, 0, 1);
        for (String frame : new String[] {"0000", "0001", "0002"}) {
            files.image(SCENE + "image/" + frame + ".jpg", 32, 24);
            files.gray16(SCENE + "depth/" + frame + ".png", 32, 24, i -> i == 0 ? 0 : 65535);
            files.npy(SCENE + "pose/" + frame + ".npy", "4, 4", 1, 0, 0, 2, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);
        }
        files.delete(SCENE + "pose/0002.npy");
        files.gray8(SCENE + "aliasing_mask/0001.png", 32, 24, i -> i == 1 ? 255 : 0);
        files.text(
                "fused_pcd/20241230-828805-cam_sampled_06.ply",
                "ply\nformat ascii 1.0\nelement vertex 2\nproperty double x\nproperty double y\nproperty double z\n"
                        + "property uchar red\nproperty uchar green\nproperty uchar blue\nend_header\n"
                        + "1 2 3 255 0 0\n4 5 6 0 0 255\n");
    }

    private EvaluationScene load() throws IOException {
        return Miniature.first(new DataSetSuite("hiroom", new HiRoom(root, Protocol.CODE), DataSetOptions.defaults()));
    }

    @Test
    void theLargestCountIs100Meters() throws IOException {
        EvaluationScene scene = load();
        assertThat(scene.id()).isEqualTo("20241230-828805-cam_sampled_06");
        assertThat(scene.views()).hasSize(2); // one image has no pose
        View view = scene.views().get(1);
        assertThat(view.depth().values()).startsWith(0, 0, 100, 100); // no depth, aliased, known
        assertThat(view.camera().orElseThrow().intrinsics()).isEqualTo(new Intrinsics(40, 41, 16, 12));
        assertThat(view.camera().orElseThrow().pose().cameraCenter().x()).isEqualTo(-2);
        assertThat(scene.surface().orElseThrow().points().load().positions()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    private static double threshold(SceneFiles scene) throws IOException {
        return ((TsdfProtocol) scene.surface().orElseThrow().protocol().load())
                .settings()
                .threshold();
    }

    @Test
    void theThresholdIsThatOfTheCodeOrThePaperAndIsNamed() throws IOException {
        HiRoom code = new HiRoom(root, Protocol.CODE);
        HiRoom paper = new HiRoom(root, Protocol.PAPER);
        String scene = code.scenes().get(0);
        assertThat(threshold(code.open(scene))).isEqualTo(0.05);
        assertThat(threshold(paper.open(scene))).isEqualTo(0.005);
        assertThat(code.description()).isEqualTo("HiRoom, threshold 0.05 m");
        assertThat(paper.description()).isEqualTo("HiRoom, threshold 0.005 m");
    }

    @Test
    void missingFilesAreNamed() throws IOException {
        files.delete(SCENE + "depth/0001.png");
        assertThatIOException()
                .isThrownBy(this::load)
                .withMessageContaining("depth/0001.png")
                .withMessageContaining("DA3-BENCH");
        files.delete(SCENE + "cam_K.npy");
        assertThatIOException().isThrownBy(this::load).withMessageContaining("cam_K.npy");
        files.delete("selected_scene_list_val.txt");
        assertThatIOException().isThrownBy(this::load).withMessageContaining("HiRoom keeps the list of scenes there");
    }

    @Test
    void malformedFilesAreRefused() throws IOException {
        files.npy(SCENE + "pose/0001.npy", "2, 2", 1, 0, 0, 1);
        assertThatIOException()
                .isThrownBy(this::load)
                .withMessageContaining("0001.npy of HiRoom must have 16 numbers, got 4");
        files.gray8(SCENE + "aliasing_mask/0000.png", 24, 32, i -> 0);
        assertThatIOException()
                .isThrownBy(this::load)
                .withMessageContaining("must be of the size of its image, 32x24, got 24x32");
        files.npy(SCENE + "cam_K.npy", "3, 3", 0, 0, 16, 0, 41, 12, 0, 0, 1);
        assertThatIOException().isThrownBy(this::load).withMessageContaining("has no valid intrinsics");
        files.text("selected_scene_list_val.txt", "\n");
        assertThatIOException().isThrownBy(this::load).withMessageContaining("names no scene");
    }
}
