package da3.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

class DepthFilesTest {

    /** Depths with many digits, and values that are not depths. */
    private static final float[] DEPTHS = {0.1f, 2.5f, (float) Math.PI, -1, 0, Float.NaN, Float.POSITIVE_INFINITY, 70};

    @TempDir
    Path dir;

    @Test
    void metricDepthIsCountedInMillimetersUpToTheLargestCount() throws IOException {
        Scene scene = Scenes.of(true, Scenes.plain(4, 2, DEPTHS), Scenes.plain(2, 1, 0.0001f, 1));
        List<Path> files = DepthPng16.write(scene, dir);
        assertThat(files).containsExactly(dir.resolve("depth_png16/0000.png"), dir.resolve("depth_png16/0001.png"));
        assertThat(counts(files.get(0))).containsExactly(100, 2500, 3142, 0, 0, 0, 0, 65535);
        assertThat(texts(files.get(0)))
                .isEqualTo(Map.of("depth_per_count", "0.001", "depth_unit", "meter", "clipped_pixels", "1"));
        // Very small depths do not become 0, which means no depth.
        assertThat(counts(files.get(1))).containsExactly(1, 1000);
    }

    @Test
    void otherDepthIsScaledToItsLargestValue() throws IOException {
        Path file = DepthPng16.write(Scenes.of(false, Scenes.plain(4, 2, DEPTHS)), dir)
                .get(0);
        int[] counts = counts(file);
        Map<String, String> texts = texts(file);
        assertThat(texts).containsEntry("depth_unit", "model").containsEntry("clipped_pixels", "0");
        double factor = Double.parseDouble(texts.get("depth_per_count"));
        assertThat(counts[7]).isEqualTo(65535);
        for (int i : new int[] {0, 1, 2, 7}) {
            assertThat(counts[i] * factor).isCloseTo(DEPTHS[i], within(0.51 * factor));
        }
        assertThat(counts[3] + counts[4] + counts[5] + counts[6]).isZero();
        ScalarMap none = new ScalarMap(2, 1, new float[2]);
        assertThat(DepthPng16.Counts.upToLargest(none).depthPerCount()).isEqualTo(1);
    }

    @Test
    void pfmRowsRunFromBottomToTop() throws IOException {
        Path file = Pfm.write(Scenes.of(false, Scenes.plain(4, 2, DEPTHS)), dir).get(0);
        assertThat(file).isEqualTo(dir.resolve("depth_pfm/0000.pfm"));
        byte[] bytes = Files.readAllBytes(file);
        String header = "Pf\n4 2\n-1.0\n";
        assertThat(new String(bytes, 0, header.length(), StandardCharsets.US_ASCII))
                .isEqualTo(header);
        float[] values = new float[8];
        ByteBuffer.wrap(bytes, header.length(), 32)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        assertThat(bytes).hasSize(header.length() + 32);
        assertThat(Arrays.copyOfRange(values, 4, 8)).containsExactly(Arrays.copyOfRange(DEPTHS, 0, 4));
        assertThat(Arrays.copyOfRange(values, 0, 4)).containsExactly(Arrays.copyOfRange(DEPTHS, 4, 8));
    }

    @Test
    void theJdkReadsTiffsBack() throws IOException {
        Path file = FloatTiff.write(Scenes.of(false, Scenes.plain(4, 2, DEPTHS)), dir)
                .get(0);
        assertThat(file).isEqualTo(dir.resolve("depth_tiff/0000.tiff"));
        BufferedImage picture = readByTheJdk(file);
        assertThat(picture.getRaster().getDataBuffer().getDataType()).isEqualTo(DataBuffer.TYPE_FLOAT);
        assertThat(picture.getRaster().getNumBands()).isEqualTo(1);
        assertThat(picture.getRaster().getPixels(0, 0, 4, 2, (float[]) null)).containsExactly(DEPTHS);
    }

    /** Other plug-ins scale floats to 0 to 1. */
    private static BufferedImage readByTheJdk(Path tiff) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("tiff");
        ImageReader reader = readers.next();
        while (reader.getClass().getModule() != ImageIO.class.getModule()) {
            reader = readers.next();
        }
        try (FileImageInputStream stream = new FileImageInputStream(tiff.toFile())) {
            reader.setInput(stream);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    private static int[] counts(Path png) throws IOException {
        BufferedImage picture = ImageIO.read(png.toFile());
        assertThat(picture.getSampleModel().getSampleSize()).containsExactly(16);
        return picture.getRaster().getPixels(0, 0, picture.getWidth(), picture.getHeight(), (int[]) null);
    }

    private static Map<String, String> texts(Path png) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (FileImageInputStream stream = new FileImageInputStream(png.toFile())) {
            reader.setInput(stream);
            IIOImage image = reader.readAll(0, null);
            Node root = image.getMetadata().getAsTree(image.getMetadata().getNativeMetadataFormatName());
            Map<String, String> texts = new HashMap<>();
            NodeList entries = ((Element) root).getElementsByTagName("tEXtEntry");
            for (int i = 0; i < entries.getLength(); i++) {
                texts.put(
                        entries.item(i).getAttributes().getNamedItem("keyword").getNodeValue(),
                        entries.item(i).getAttributes().getNamedItem("value").getNodeValue());
            }
            return texts;
        } finally {
            reader.dispose();
        }
    }
}
