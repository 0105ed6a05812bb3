package da3.io;

import static org.assertj.core.api.Assertions.assertThat;

import da3.geometry.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stored image has 48x32 pixels, with quadrants A (dark) and B at the top, C and D (bright) at the bottom. */
class OrientationTest {

    private static final int[] GRAYS = {20, 90, 160, 230};

    @TempDir
    Path dir;

    @ParameterizedTest
    @CsvSource({
        "1, 48x32, ABCD",
        "2, 48x32, BADC",
        "3, 48x32, DCBA",
        "4, 48x32, CDAB",
        "5, 32x48, ACBD",
        "6, 32x48, CADB",
        "7, 32x48, DBCA",
        "8, 32x48, BDAC",
        "0, 48x32, ABCD",
        "9, 48x32, ABCD"
    })
    void jpegIsRotatedUpright(int value, String size, String shown) throws IOException {
        ByteOrder order = value % 2 == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        byte[] exif = JpegFiles.joined("Exif\0\0", TiffFiles.orientation(value, order));
        Image image = read(JpegFiles.withSegment(encode("jpg"), 0xe1, exif));
        assertThat(image.toString()).isEqualTo("Image[" + size + "]");
        assertThat(quadrants(image)).isEqualTo(shown);
    }

    @Test
    void storedPixelsAreNotRotated() throws IOException {
        byte[] exif = JpegFiles.joined("Exif\0\0", TiffFiles.orientation(6, ByteOrder.BIG_ENDIAN));
        Path file = Files.write(dir.resolve("stored.jpg"), JpegFiles.withSegment(encode("jpg"), 0xe1, exif));
        assertThat(quadrants(Images.readStored(file))).isEqualTo("ABCD");
    }

    @Test
    void tiffIsRotatedUpright() throws IOException {
        byte[] tiff = encode("tiff");
        TiffFiles.setTag(tiff, 0x0112, 6);
        Image image = read(tiff);
        assertThat(image.toString()).isEqualTo("Image[32x48]");
        assertThat(quadrants(image)).isEqualTo("CADB");
    }

    @Test
    void pngIsRotatedUpright() throws IOException {
        byte[] png = encode("png");
        byte[] exif = JpegFiles.joined("eXIf", TiffFiles.orientation(8, ByteOrder.BIG_ENDIAN));
        CRC32 checksum = new CRC32();
        checksum.update(exif);
        ByteBuffer chunk = ByteBuffer.allocate(exif.length + 8);
        chunk.putInt(exif.length - 4).put(exif).putInt((int) checksum.getValue());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int end = png.length - 12; // end of the last chunk before IEND
        out.write(png, 0, end);
        out.writeBytes(chunk.array());
        out.write(png, end, 12);
        assertThat(quadrants(read(out.toByteArray()))).isEqualTo("BDAC");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Exif\0\0", "Exif\0\0II*\0", "Exif\0\0MM\0*\u00ff\u00ff\u00ff\u00ff", "Exif\0\0hello there"})
    void damagedExifDataIsIgnored(String exif) throws IOException {
        byte[] file = JpegFiles.withSegment(encode("jpg"), 0xe1, exif.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(quadrants(read(file))).isEqualTo("ABCD");
    }

    @Test
    void headersWithoutEndAreRead() throws IOException {
        byte[] jpeg = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 0, (byte) 0xff};
        JpegHeader header = JpegHeader.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg)));
        assertThat(header.components()).isZero();
        assertThat(header.exif()).isEmpty();
    }

    private Image read(byte[] file) throws IOException {
        Path picture = Files.write(dir.resolve("picture"), file);
        Image image = Images.read(picture);
        assertThat(Images.size(picture)).isEqualTo(new ImageSize(image.width(), image.height()));
        return image;
    }

    private static String quadrants(Image image) {
        StringBuilder letters = new StringBuilder();
        for (int quadrant = 0; quadrant < 4; quadrant++) {
            int x = (quadrant % 2 * 2 + 1) * image.width() / 4;
            int y = (quadrant / 2 * 2 + 1) * image.height() / 4;
            letters.append((char) ('A' + Math.round((image.channel(x, y, 1) - GRAYS[0]) / 70f)));
        }
        return letters.toString();
    }

    private static byte[] encode(String format) throws IOException {
        BufferedImage picture = new BufferedImage(48, 32, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 48; x++) {
                picture.setRGB(x, y, GRAYS[y / 16 * 2 + x / 24] * 0x010101);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(picture, format, bytes)).isTrue();
        return bytes.toByteArray();
    }
}
