package da3.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.Image;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesTest {

    @TempDir
    Path dir;

    @Test
    void alphaIsDroppedWithoutBlending() throws IOException {
        BufferedImage picture = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        picture.setRGB(0, 0, 0x00102030);
        picture.setRGB(1, 0, 0x80fffe01);
        assertThat(readPng(picture).rgb()).containsExactly(0x10, 0x20, 0x30, 0xff, 0xfe, 0x01);
    }

    @Test
    void greyIsTakenAsItIs() throws IOException {
        BufferedImage picture = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setPixels(0, 0, 2, 1, new int[] {7, 200});
        assertThat(readPng(picture).rgb()).containsExactly(7, 7, 7, 200, 200, 200);
    }

    @Test
    void palettesAreLookedUp() throws IOException {
        IndexColorModel palette =
                new IndexColorModel(2, 3, new byte[] {1, 4, 7}, new byte[] {2, 5, 8}, new byte[] {3, 6, (byte) 200});
        BufferedImage picture = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_BINARY, palette);
        picture.getRaster().setPixels(0, 0, 3, 1, new int[] {2, 0, 1});
        assertThat(readPng(picture).rgb()).containsExactly(7, 8, 200, 1, 2, 3, 4, 5, 6);
    }

    @Test
    void ofSixteenBitsTheUpperEightAreKept() throws IOException {
        ColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_USHORT);
        WritableRaster raster = model.createCompatibleWritableRaster(1, 1);
        raster.setPixel(0, 0, new int[] {0x12ff, 0x3400, 0xff80});
        assertThat(readPng(new BufferedImage(model, raster, false, null)).rgb()).containsExactly(0x12, 0x34, 0xff);
    }

    @Test
    void jpegIsRead() throws IOException {
        Path file = Files.write(dir.resolve("a.jpg"), encode(picture(), "jpg"));
        Image image = Images.read(file);
        assertThat(image.width()).isEqualTo(60);
        assertThat(image.height()).isEqualTo(40);
        assertThat(Math.abs(image.channel(30, 20, 0) - 120)).isLessThan(12);
    }

    @ParameterizedTest
    @CsvSource({"png, 0.2", "png, 0.5", "png, 0.9", "png, 0.99", "jpg, 0.2", "jpg, 0.5", "jpg, 0.9", "jpg, 0.99"})
    void whatIsCutShortIsRefused(String format, double fraction) throws IOException {
        byte[] whole = encode(picture(), format);
        byte[] cut = Arrays.copyOf(whole, (int) (fraction * whole.length));
        assertRefused(cut, "cut short");
    }

    @Test
    void aDamagedByteOfAPngIsNoticed() throws IOException {
        byte[] bytes = encode(picture(), "png");
        bytes[bytes.length / 2] ^= 1;
        assertRefused(bytes, "IDAT");
    }

    @Test
    void hugeSizesAreRefusedBeforePixelsAreAllocated() throws IOException {
        byte[] png = encode(picture(), "png");
        ByteBuffer header = ByteBuffer.wrap(png);
        header.putInt(16, 60_000).putInt(20, 60_000);
        CRC32 checksum = new CRC32();
        checksum.update(png, 12, 17);
        header.putInt(29, (int) checksum.getValue());
        assertRefused(png, "60000x60000 pixels; legal: up to 100000000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "\u0089PNG", "GIF87", "\u00ff\u00d8"})
    void whatIsNoImageIsRefused(String content) throws IOException {
        assertRefused(content.getBytes(StandardCharsets.ISO_8859_1), "");
    }

    @Test
    void otherFormatsAreNamed() throws IOException {
        assertRefused(encode(picture(), "gif"), "is a gif image; legal: PNG, JPEG");
        assertRefused(new byte[0], "is empty");
    }

    @Test
    void whatIsNotAFileIsRefused() {
        assertThatThrownBy(() -> Images.read(dir.resolve("absent.png")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("absent.png: there is no such image");
        assertThatThrownBy(() -> Images.read(dir))
                .isInstanceOf(ImageFormatException.class)
                .hasMessageContaining("is a directory");
    }

    @Test
    void directoriesAreListedByName() throws IOException {
        for (String name : new String[] {"b.JPG", "a.png", "B.jpeg", "c.txt", "png"}) {
            Files.createFile(dir.resolve(name));
        }
        Files.createDirectories(dir.resolve("d.png"));
        assertThat(Images.list(dir))
                .extracting(p -> p.getFileName().toString())
                .containsExactly("B.jpeg", "a.png", "b.JPG");
        assertThatThrownBy(() -> Images.list(dir.resolve("d.png")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("holds no image");
        assertThatThrownBy(() -> Images.list(dir.resolve("absent")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("no such directory");
        assertThatThrownBy(() -> Images.list(dir.resolve("c.txt"))).isInstanceOf(NotDirectoryException.class);
    }

    private void assertRefused(byte[] bytes, String reason) throws IOException {
        Path file = Files.write(dir.resolve("refused"), bytes);
        assertThatThrownBy(() -> Images.read(file))
                .isInstanceOf(ImageFormatException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(reason);
    }

    private Image readPng(BufferedImage picture) throws IOException {
        return Images.read(Files.write(dir.resolve("a.png"), encode(picture, "png")));
    }

    private static byte[] encode(BufferedImage picture, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(picture, format, bytes)).isTrue();
        return bytes.toByteArray();
    }

    private static BufferedImage picture() {
        BufferedImage picture = new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 40; y++) {
            for (int x = 0; x < 60; x++) {
                picture.setRGB(x, y, x * 4 << 16 | y * 6 << 8 | (x * y) % 256);
            }
        }
        return picture;
    }
}
