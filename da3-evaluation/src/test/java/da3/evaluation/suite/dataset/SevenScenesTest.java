package da3.evaluation.suite.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import da3.evaluation.EvaluationScene;
import da3.evaluation.surface.TsdfProtocol;
import da3.geometry.Intrinsics;
import da3.geometry.View;
import da3.geometry.math.Vec3;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SevenScenesTest {

    private static final String SEQUENCE = "7Scenes/stairs/seq-02/";

    @TempDir
    private Path root;

    private Miniature files;

    @BeforeEach
    void writeStairs() throws IOException {
        files = new Miniature(root);
        for (int i = 0; i < 2; i++) {
            writeFrame(i);
        }
        files.mesh("7Scenes/meshes/stairs.ply");
    }

    private void writeFrame(int i) throws IOException {
        String frame = SEQUENCE + String.format(Locale.ROOT, "frame-%06d", i);
        files.image(frame + ".color.png", 640, 480);
        // 65535 without depth, else millimeters
        files.gray16(frame + ".depth.png", 640, 480, pixel -> pixel == 0 ? 65535 : pixel == 1 ? 0 : 1500);
        files.text(
                frame + ".pose.txt",
                "  1.0000000e+000\t 0.0000000e+000\t 0.0 \t " + i + ".5 \t\n0 1 0 0\t\n0 0 1 -2\t\n0 0 0 1\t\n\n");
    }

    private EvaluationScene load(DataSetOptions options) throws IOException {
        return new DataSetSuite("7scenes", new SevenScenes(root, options.protocol()), options).load("stairs");
    }

    private EvaluationScene load() throws IOException {
        return load(DataSetOptions.defaults());
    }

    @Test
    void posesAreInvertedAndInvalidDepthIsUnknown() throws IOException {
        EvaluationScene scene = load();
        assertThat(scene.views()).hasSize(2);
        View view = scene.views().get(1);
        assertThat(view.camera()
                        .orElseThrow()
                        .pose()
                        .cameraCenter()
                        .minus(new Vec3(1.5, 0, -2))
                        .norm())
                .isZero();
        assertThat(view.camera().orElseThrow().intrinsics()).isEqualTo(new Intrinsics(585, 585, 320, 240));
        assertThat(view.depth().values()).startsWith(0, 0, 1.5f, 1.5f);
        assertThat(scene.surface().orElseThrow().protocol().load()).isEqualTo(new TsdfProtocol(SevenScenes.FUSION));
        assertThat(scene.surface().orElseThrow().points().load().size()).isEqualTo(1_000_000);
    }

    @Test
    void thePaperTakesEvery11thFrame() throws IOException {
        for (int i = 2; i < 13; i++) {
            files.text(SEQUENCE + String.format(Locale.ROOT, "frame-%06d.color.png", i), ""); // not read
        }
        writeFrame(11);
        DataSetOptions paper = DataSetOptions.defaults().withLongestSide(64).withProtocol(Protocol.PAPER);
        EvaluationScene scene = load(paper);
        assertThat(scene.views()).hasSize(2);
        assertThat(scene.views()
                        .get(1)
                        .camera()
                        .orElseThrow()
                        .pose()
                        .cameraCenter()
                        .x())
                .isEqualTo(11.5);
        assertThat(new SevenScenes(root, Protocol.PAPER).description())
                .isEqualTo("7-Scenes, every 11th frame before sampling");
        assertThat(new SevenScenes(root, Protocol.CODE).description())
                .isEqualTo("7-Scenes, every frame before sampling");
    }

    @Test
    void framesAreSampledBeforeTheyAreLoaded() throws IOException {
        // frame 1 comes first in the order of seed 42, so that frame 0 is not even looked at
        files.text(SEQUENCE + "frame-000000.pose.txt", "broken");
        FrameSampling one = new FrameSampling(1, 42);
        assertThat(one.indices(2)).containsExactly(1);
        EvaluationScene scene = load(DataSetOptions.defaults().withSampling(one));
        assertThat(scene.views()).hasSize(1);
    }

    @Test
    void missingFramesAreNamed() throws IOException {
        writeFrame(3);
        assertThatIOException()
                .isThrownBy(this::load)
                .withMessageContaining("frame-000002.color.png")
                .withMessageContaining("rgb-d-dataset-7-scenes");
        assertThatIOException()
                .isThrownBy(() -> new SevenScenes(root, Protocol.CODE).open("chess"))
                .withMessageContaining("seq-01")
                .withMessageContaining("the frames of scene chess");
    }

    @Test
    void malformedPosesAndWrongSizesAreRefused() throws IOException {
        files.text(SEQUENCE + "frame-000001.pose.txt", "1 0 0");
        assertThatIOException()
                .isThrownBy(this::load)
                .withMessageContaining("frame-000001.pose.txt of 7-Scenes must have 16 numbers here, got 3");
        files.text(SEQUENCE + "frame-000001.pose.txt", "2 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1");
        assertThatIOException().isThrownBy(this::load).withMessageContaining("has no valid pose");
        files.gray16(SEQUENCE + "frame-000000.depth.png", 320, 240, pixel -> 1);
        assertThatIOException()
                .isThrownBy(this::load)
                .withMessageContaining("must be of the size of its image, 640x480, got 320x240");
        files.image(SEQUENCE + "frame-000000.color.png", 320, 240);
        assertThatIOException()
                .isThrownBy(this::load)
                .withMessageContaining("must be an image of 640x480, got 320x240");
    }
}
