package da3.evaluation.suite.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import da3.evaluation.EvaluationScene;
import da3.geometry.Intrinsics;
import da3.geometry.View;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DtuTest {

    @TempDir
    private Path root;

    private Miniature files;

    @BeforeEach
    void writeScan() throws IOException {
        files = new Miniature(root);
        for (int view = 0; view < 35; view++) {
            files.image(String.format(Locale.ROOT, "Rectified/scan1/rect_%03d_3_r5000.png", view + 1), 16, 12);
            files.image(String.format(Locale.ROOT, "dtu64/scan105/image/%08d.png", view), 16, 12);
            String camera = camera(view);
            files.text(String.format(Locale.ROOT, "Cameras/%08d_cam.txt", view), camera);
            files.text(String.format(Locale.ROOT, "dtu64/Cameras/%08d_cam.txt", view), camera);
            writeDepth(view, 16);
        }
    }

    private static String camera(int view) {
        return "extrinsic\n1.0 0.0 0.0 " + view + " \n0.0 1.0 0.0 0.0 \n0.0 0.0 1.0 600.0 \n0.0 0.0 0.0 1.0 \n\n"
                + "intrinsic\n28.92 0.0 8.0 \n0.0 28.83 6.0 \n0.0 0.0 1.0 \n\n425.0 2.5\n";
    }

    private void writeDepth(int view, int width) throws IOException {
        float[] depth = new float[width * 12];
        Arrays.fill(depth, 600);
        depth[depth.length - width] = 0; // rows are stored from the bottom, so this is the upper left pixel
        String base = "depth_raw/Depths/scan1/";
        files.floats(
                base + String.format(Locale.ROOT, "depth_map_%04d.pfm", view),
                "Pf\n" + width + " 12\n-1.000000\n",
                depth);
        files.gray8(base + String.format(Locale.ROOT, "depth_visual_%04d.png", view), width, 12, i -> i == 1 ? 10 : 11);
    }

    private EvaluationScene load() throws IOException {
        return new DataSetSuite("dtu", new Dtu(root), DataSetOptions.defaults()).load("scan1");
    }

    @Test
    void view33ComesFirstAndDepthIsMasked() throws IOException {
        EvaluationScene scene = load();
        assertThat(scene.views())
                .extracting(view ->
                        -(int) view.camera().orElseThrow().pose().cameraCenter().x())
                .startsWith(33, 0, 1, 2)
                .endsWith(31, 32, 34);
        View view = scene.views().get(0);
        assertThat(view.depth().values()).startsWith(0, 0, 600, 600); // unknown, masked, known
        // the files count pixel centers from 0, not 0.5
        assertThat(view.camera().orElseThrow().intrinsics()).isEqualTo(new Intrinsics(28.92, 28.83, 8.5, 6.5));
    }

    @Test
    void dtu64HasPosesOnly() throws IOException {
        EvaluationScene scene =
                new DataSetSuite("dtu64", new Dtu64(root.resolve("dtu64")), DataSetOptions.defaults()).load("scan105");
        assertThat(scene.views()).hasSize(35);
        assertThat(scene.views()
                        .get(0)
                        .camera()
                        .orElseThrow()
                        .pose()
                        .cameraCenter()
                        .x())
                .isEqualTo(-33);
        assertThat(scene.meanDepth()).isEmpty();
        assertThat(scene.surface()).isEmpty();
        files.delete("dtu64/Cameras/00000007_cam.txt");
        assertThatIOException()
                .isThrownBy(() -> new Dtu64(root.resolve("dtu64"))
                        .open("scan105")
                        .frames()
                        .get(8)
                        .load())
                .withMessageContaining("00000007_cam.txt")
                .withMessageContaining("DTU-64 keeps the camera of a view there");
    }

    @Test
    void missingFilesAreNamed() throws IOException {
        files.delete("depth_raw/Depths/scan1/depth_map_0005.pfm");
        assertThatIOException()
                .isThrownBy(this::load)
                .withMessageContaining("depth_map_0005.pfm")
                .withMessageContaining("https://github.com/YoYo000/MVSNet");
        assertThatIOException()
                .isThrownBy(() -> new Dtu(root).open("scan4"))
                .withMessageContaining("the images of scan4");
    }

    @Test
    void malformedFilesAreRefused() throws IOException {
        files.text("Cameras/00000003_cam.txt", camera(3).replace("600.0", "?"));
        assertThatIOException()
                .isThrownBy(this::load)
                .withMessageContaining("00000003_cam.txt of DTU has a value that is no number");
        files.text("Cameras/00000003_cam.txt", "extrinsic\n1 0 0\n");
        assertThatIOException().isThrownBy(this::load).withMessageContaining("'intrinsic' in line 7");
        writeDepth(0, 15);
        assertThatIOException()
                .isThrownBy(this::load)
                .withMessageContaining("must be of the size of its image, 16x12, got 15x12");
        files.image("Rectified/scan1/rect_001_4_r5000.png", 16, 12);
        assertThatIOException().isThrownBy(this::load).withMessageContaining("must be the only image of its view");
    }
}
