package da3.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Image;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.io.Images;
import da3.io.SceneNpz;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that files of depth maps, read back, equal the scene. */
class DepthFormatsTest {

    private static final int WIDTH = SampleExport.WIDTH;
    private static final int HEIGHT = SampleExport.HEIGHT;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = ExportFormat.class,
            names = {"MINI_NPZ", "NPZ"})
    void archivesContainTheScene(ExportFormat format) throws IOException {
        Scene read = SceneNpz.read(format.write(SampleExport.to(folder)).get(0));
        assertThat(read.views()).hasSize(SampleExport.VIEWS);
        for (int v = 0; v < SampleExport.VIEWS; v++) {
            View expected = SampleExport.SCENE.view(v);
            View view = read.view(v);
            assertThat(view.depth().values()).containsExactly(expected.depth().values(), within(1e-5f));
            assertThat(view.confidence().orElseThrow().values()).containsOnly(2.5f);
            assertThat(view.camera().orElseThrow().pose().toMatrix3x4())
                    .containsExactly(expected.camera().orElseThrow().pose().toMatrix3x4(), within(1e-6));
            boolean sameImage =
                    Arrays.equals(view.image().rgb(), expected.image().rgb());
            assertThat(sameImage).isEqualTo(format == ExportFormat.NPZ);
        }
    }

    @Test
    void imagesAreNextToTheirDepth() throws IOException {
        for (Path file : ExportFormat.DEPTH_VIS.write(SampleExport.to(folder))) {
            Image panels = Images.read(file);
            assertThat(panels.width()).isEqualTo(2 * WIDTH);
            assertThat(panels.height()).isEqualTo(HEIGHT);
        }
    }

    @Test
    void png16ValuesAreMillimeters() throws IOException {
        List<Path> files = ExportFormat.DEPTH_PNG16.write(SampleExport.to(folder));
        for (int v = 0; v < SampleExport.VIEWS; v++) {
            BufferedImage image = ImageIO.read(files.get(v).toFile());
            int[] counts = image.getRaster().getPixels(0, 0, WIDTH, HEIGHT, (int[]) null);
            float[] depth = SampleExport.SCENE.view(v).depth().values();
            for (int i = 0; i < depth.length; i++) {
                assertThat(counts[i] / 1000.0).isCloseTo(depth[i], within(0.000501));
            }
        }
    }

    @Test
    void portableFloatMapsAreExact() throws IOException {
        List<Path> files = ExportFormat.DEPTH_PFM.write(SampleExport.to(folder));
        for (int v = 0; v < SampleExport.VIEWS; v++) {
            byte[] bytes = Files.readAllBytes(files.get(v));
            String header = "Pf\n" + WIDTH + " " + HEIGHT + "\n-1.0\n";
            assertThat(new String(bytes, 0, header.length(), StandardCharsets.US_ASCII))
                    .isEqualTo(header);
            float[] values = lastFloats(bytes);
            float[] depth = SampleExport.SCENE.view(v).depth().values();
            for (int i = 0; i < depth.length; i++) {
                int row = HEIGHT - 1 - i / WIDTH; // from bottom to top
                assertThat(values[row * WIDTH + i % WIDTH]).isEqualTo(depth[i]);
            }
        }
    }

    @Test
    void floatTiffsAreExact() throws IOException {
        List<Path> files = ExportFormat.DEPTH_TIFF.write(SampleExport.to(folder));
        for (int v = 0; v < SampleExport.VIEWS; v++) {
            byte[] bytes = Files.readAllBytes(files.get(v));
            assertThat(bytes).startsWith('I', 'I', 42, 0);
            assertThat(lastFloats(bytes))
                    .isEqualTo(SampleExport.SCENE.view(v).depth().values());
        }
    }

    /** Returns the floats at the end of a file, one for each pixel. */
    private static float[] lastFloats(byte[] bytes) {
        float[] values = new float[WIDTH * HEIGHT];
        int length = Float.BYTES * values.length;
        ByteBuffer.wrap(bytes, bytes.length - length, length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }
}
