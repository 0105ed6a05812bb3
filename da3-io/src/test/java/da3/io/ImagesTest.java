package da3.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Image;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
    void grayValuesAreUnchanged() throws IOException {
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
    void sixteenBitsAreScaledAndRounded() throws IOException {
        ColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_USHORT);
        WritableRaster raster = model.createCompatibleWritableRaster(1, 1);
        raster.setPixel(0, 0, new int[] {0x12ff, 0x3434, 0xffff});
        assertThat(readPng(new BufferedImage(model, raster, false, null)).rgb()).containsExactly(0x13, 0x34, 0xff);
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
    @CsvSource({
        "png, 0.2",
        "png, 0.5",
        "png, 0.9",
        "png, 0.99",
        "jpg, 0.2",
        "jpg, 0.5",
        "jpg, 0.9",
        "jpg, 0.99",
        "bmp, 0.01",
        "bmp, 0.5",
        "bmp, 0.99",
        "tiff, 0.01",
        "tiff, 0.5",
        "tiff, 0.99"
    })
    void truncatedFilesAreRefused(String format, double fraction) throws IOException {
        byte[] whole = encode(picture(), format);
        byte[] cut = Arrays.copyOf(whole, (int) (fraction * whole.length));
        assertRefused(cut, "truncated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lossy.webp", "lossless.webp"})
    void truncatedWebPIsRefused(String name) throws IOException {
        byte[] whole = fixture(name);
        for (int length = 12; length < whole.length; length += 10) {
            assertRefused(Arrays.copyOf(whole, length), "truncated");
        }
    }

    @Test
    void aJpegWithoutEndMarkerIsRead() throws IOException {
        byte[] whole = encode(picture(), "jpg");
        Image image = Images.read(Files.write(dir.resolve("a.jpg"), Arrays.copyOf(whole, whole.length - 2)));
        assertThat(image.width()).isEqualTo(60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bmp", "tiff"})
    void otherLosslessFormatsHaveTheSamePixels(String format) throws IOException {
        Image expected = readPng(picture());
        Image image = Images.read(Files.write(dir.resolve("a"), encode(picture(), format)));
        assertThat(image.rgb()).isEqualTo(expected.rgb());
    }

    @Test
    void webPIsRotatedUprightAndLosesAlpha() throws IOException {
        assertQuadrants(Images.read(Files.write(dir.resolve("a.webp"), fixture("lossy.webp"))), 48, 32, 2, 0, 1, 2, 3);
        // rotated clockwise: the bottom left quadrant becomes the top left one
        Image turned = Images.read(Files.write(dir.resolve("b.webp"), fixture("lossless.webp")));
        assertQuadrants(turned, 32, 48, 0, 2, 0, 3, 1);
    }

    @Test
    void orientationOfAWebPCanHaveThePrefixOfJpegs() throws IOException {
        byte[] file = fixture("lossless.webp");
        int chunk = new String(file, StandardCharsets.ISO_8859_1).indexOf("EXIF");
        ByteBuffer bytes = ByteBuffer.allocate(file.length + 6).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(file, 0, chunk + 8).put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        bytes.put(file, chunk + 8, file.length - chunk - 8);
        bytes.putInt(4, bytes.getInt(4) + 6).putInt(chunk + 4, bytes.getInt(chunk + 4) + 6);
        Image turned = Images.read(Files.write(dir.resolve("a.webp"), bytes.array()));
        assertQuadrants(turned, 32, 48, 0, 2, 0, 3, 1);
    }

    private static void assertQuadrants(Image image, int width, int height, int tolerance, int... colors) {
        int[][] rgb = {{200, 40, 30}, {20, 180, 60}, {30, 50, 210}, {240, 240, 240}};
        assertThat(image.toString()).isEqualTo("Image[" + width + "x" + height + "]");
        for (int quadrant = 0; quadrant < 4; quadrant++) {
            int x = (quadrant % 2 * 2 + 1) * width / 4;
            int y = (quadrant / 2 * 2 + 1) * height / 4;
            for (int c = 0; c < 3; c++) {
                assertThat(image.channel(x, y, c))
                        .as("quadrant %d, channel %d", quadrant, c)
                        .isCloseTo(rgb[colors[quadrant]][c], within(tolerance));
            }
        }
    }

    @Test
    void packedFiveBitSamplesAreScaled() throws IOException {
        BufferedImage picture = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_555_RGB);
        picture.getRaster().setPixels(0, 0, 2, 1, new int[] {31, 0, 15, 1, 30, 31});
        Image image = Images.read(Files.write(dir.resolve("a.bmp"), encode(picture, "bmp")));
        assertThat(image.rgb()).containsExactly(255, 0, 123, 8, 247, 255);
    }

    @Test
    void cmykIsConvertedToRgb() throws IOException {
        // no ink, full cyan, half black
        byte[] file = JpegFiles.ofInks(
                new int[] {255, 255, 255, 255}, new int[] {0, 255, 255, 255}, new int[] {255, 255, 255, 128});
        Image image = Images.read(Files.write(dir.resolve("a.jpg"), file));
        assertThat(image.toString()).isEqualTo("Image[24x8]");
        int[][] expected = {{255, 255, 255}, {0, 255, 255}, {128, 128, 128}};
        for (int block = 0; block < 3; block++) {
            for (int c = 0; c < 3; c++) {
                assertThat(image.channel(8 * block + 4, 4, c)).isCloseTo(expected[block][c], within(2));
            }
        }
        // The same samples read as YCCK: full luma with extreme chroma.
        file[JpegFiles.adobeTransform(file)] = 2;
        Image ycck = Images.read(Files.write(dir.resolve("b.jpg"), file));
        assertThat(ycck.channel(4, 4, 0)).isZero();
        assertThat(ycck.channel(4, 4, 1)).isCloseTo((int) (127 * (0.34414 + 0.71414)), within(2));
        assertThat(ycck.channel(4, 4, 2)).isZero();
    }

    @Test
    void theProfileOfAJpegIsConvertedToSrgb() throws IOException {
        byte[] jpeg = encode(picture(), "jpg");
        byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        byte[] tagged = JpegFiles.withSegment(jpeg, 0xe2, JpegFiles.joined("ICC_PROFILE\0\1\1", profile));
        byte[] linear = Images.read(Files.write(dir.resolve("plain.jpg"), jpeg)).rgb();
        byte[] converted =
                Images.read(Files.write(dir.resolve("tagged.jpg"), tagged)).rgb();
        for (int i = 0; i < linear.length; i++) {
            double value = (linear[i] & 0xff) / 255.0;
            double srgb = value <= 0.0031308 ? 12.92 * value : 1.055 * Math.pow(value, 1 / 2.4) - 0.055;
            assertThat(converted[i] & 0xff).isCloseTo((int) Math.round(255 * srgb), within(2));
        }
    }

    @Test
    void theProfileOfAPngIsConvertedToSrgb() throws IOException {
        byte[] png = encode(picture(), "png");
        byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        byte[] tagged = PngChunks.withProfile(png, profile);
        byte[] linear = Images.read(Files.write(dir.resolve("plain.png"), png)).rgb();
        byte[] converted =
                Images.read(Files.write(dir.resolve("tagged.png"), tagged)).rgb();
        Image untagged = new Image(picture().getWidth(), picture().getHeight(), linear);
        assertThat(Arrays.equals(converted, linear)).isFalse();
        assertThat(Arrays.equals(
                        converted, IccProfiles.toSrgb(untagged, profile).rgb()))
                .isTrue();
    }

    @Test
    void profilesOfSrgbAndDamagedProfilesChangeNothing() throws IOException {
        Image image = Images.read(Files.write(dir.resolve("a.png"), encode(picture(), "png")));
        byte[] srgb = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
        byte[] gray = ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();
        byte[] cut =
                Arrays.copyOf(ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData(), 140);
        for (byte[] profile : List.of(srgb, gray, cut, new byte[] {1, 2, 3})) {
            assertThat(IccProfiles.toSrgb(image, profile)).isSameAs(image);
        }
    }

    @Test
    void aHeifPhotoWithoutAReaderNamesTheMissingModule() throws IOException {
        byte[] start = "\0\0\0\30ftypheic\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(dir.resolve("IMG_0001.HEIC"), start);
        assertThat(Images.list(dir)).containsExactly(file);
        for (ThrowingCallable reading : List.<ThrowingCallable>of(
                () -> Images.read(file), () -> Images.readStored(file), () -> Images.size(file))) {
            assertThatThrownBy(reading)
                    .isInstanceOf(ImageFormatException.class)
                    .hasMessage(file + ": is a HEIF photo, which needs the module da3-video on the class path");
        }
    }

    @Test
    void readersAreFoundWithoutAContextClassLoader() throws IOException {
        Path file = Files.write(dir.resolve("a.webp"), fixture("lossy.webp"));
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            thread.setContextClassLoader(null);
            assertThat(Images.read(file).width()).isEqualTo(48);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void aDamagedByteOfAPngIsDetected() throws IOException {
        byte[] bytes = encode(picture(), "png");
        bytes[bytes.length / 2] ^= 1;
        assertRefused(bytes, "IDAT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "bmp", "tiff"})
    void hugeSizesAreRefusedBeforePixelsAreAllocated(String format) throws IOException {
        byte[] bytes = encode(picture(), format);
        ByteBuffer header = ByteBuffer.wrap(bytes);
        switch (format) {
            case "png" -> {
                header.putInt(16, 60_000).putInt(20, 60_000);
                CRC32 checksum = new CRC32();
                checksum.update(bytes, 12, 17);
                header.putInt(29, (int) checksum.getValue());
            }
            case "jpg" -> {
                int frame = JpegFiles.marker(bytes, 0xc0);
                header.putShort(frame + 5, (short) 60_000).putShort(frame + 7, (short) 60_000);
            }
            case "bmp" ->
                header.order(ByteOrder.LITTLE_ENDIAN).putInt(18, 60_000).putInt(22, -60_000);
            default -> {
                TiffFiles.setTag(bytes, 256, 60_000);
                TiffFiles.setTag(bytes, 257, 60_000);
            }
        }
        assertTooLarge(bytes, "image must be at most 100000000 pixels, got 60000x60000");
    }

    @Test
    void aDamagedProfileOfAWebPIsIgnored() throws IOException {
        byte[] file = fixture("lossless.webp");
        file[20] |= 0x20; // the flag of a profile that is missing
        assertThat(Images.read(Files.write(dir.resolve("a.webp"), file)).rgb())
                .isEqualTo(Images.read(Files.write(dir.resolve("b.webp"), fixture("lossless.webp")))
                        .rgb());
        byte[] profile = ByteBuffer.allocate(16).putInt(0x7fffffff).array();
        ByteBuffer tagged = ByteBuffer.allocate(file.length + 24).order(ByteOrder.LITTLE_ENDIAN);
        tagged.put(file, 0, 30)
                .put("ICCP".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .put(profile);
        tagged.put(file, 30, file.length - 30).putInt(4, tagged.capacity() - 8);
        assertThat(Images.read(Files.write(dir.resolve("a.webp"), tagged.array()))
                        .width())
                .isEqualTo(32);
        assertThat(Images.size(dir.resolve("a.webp")).width()).isEqualTo(32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "bmp", "tiff"})
    void theSizeIsReadFromTheHeader(String format) throws IOException {
        byte[] bytes = encode(picture(), format);
        Path file = Files.write(dir.resolve("a"), bytes);
        assertThat(Images.size(file)).isEqualTo(new ImageSize(60, 40));
        assertThat(Images.size(file).pixels()).isEqualTo(2400);
    }

    @Test
    void hugeWebPIsRefusedToo() throws IOException {
        byte[] lossy = fixture("lossy.webp");
        ByteBuffer.wrap(lossy).putShort(26, (short) 0xff3f).putShort(28, (short) 0xff3f);
        assertTooLarge(lossy, "image must be at most 100000000 pixels, got 16383x16383");
        byte[] extended = fixture("lossless.webp");
        ByteBuffer.wrap(extended).putInt(24, 0x5fea005f).putShort(28, (short) 0xea00);
        assertTooLarge(extended, "image must be at most 100000000 pixels, got 60000x60000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "\u0089PNG", "GIF87", "\u00ff\u00d8"})
    void filesThatAreNotImagesAreRefused(String content) throws IOException {
        assertRefused(content.getBytes(StandardCharsets.ISO_8859_1), "");
    }

    @Test
    void otherFormatsAreRefused() throws IOException {
        assertRefused(encode(picture(), "gif"), "is not an image of a supported format (PNG, JPEG, WebP, BMP, TIFF)");
        assertRefused(new byte[0], "is empty");
    }

    @Test
    void missingFilesAndDirectoriesAreRefused() {
        assertThatThrownBy(() -> Images.read(dir.resolve("absent.png")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("absent.png: does not exist");
        assertThatThrownBy(() -> Images.read(dir))
                .isInstanceOf(ImageFormatException.class)
                .hasMessageContaining("is a directory");
    }

    @Test
    void directoriesAreListedByName() throws IOException {
        for (String name :
                new String[] {"b.JPG", "a.png", "B.jpeg", "c.txt", "png", "d.webp", "e.BMP", "f.tif", "g.Tiff"}) {
            Files.createFile(dir.resolve(name));
        }
        Files.createDirectories(dir.resolve("d.png"));
        assertThat(Images.list(dir))
                .extracting(p -> p.getFileName().toString())
                .containsExactly("B.jpeg", "a.png", "b.JPG", "d.webp", "e.BMP", "f.tif", "g.Tiff");
        assertThatThrownBy(() -> Images.list(dir.resolve("d.png")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(
                        "contains no image; supported extensions: .png, .jpg, .jpeg, .webp, .bmp, .tif, .tiff, .heic, .heif");
        assertThatThrownBy(() -> Images.list(dir.resolve("absent")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> Images.list(dir.resolve("c.txt"))).isInstanceOf(NotDirectoryException.class);
    }

    @Test
    void allImagesOfADirectoryAreReadInOrder() throws IOException {
        int[] reds = {200, 7};
        String[] names = {"b.png", "a.png"};
        for (int i = 0; i < names.length; i++) {
            BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
            picture.setRGB(0, 0, reds[i] << 16);
            Files.write(dir.resolve(names[i]), encode(picture, "png"));
        }
        Files.writeString(dir.resolve("notes.txt"), "not an image");
        assertThat(Images.readAll(dir))
                .extracting(image -> image.channel(0, 0, 0))
                .containsExactly(7, 200);
        Files.writeString(dir.resolve("c.png"), "not an image");
        assertThatThrownBy(() -> Images.readAll(dir)).isInstanceOf(ImageFormatException.class);
    }

    private void assertRefused(byte[] bytes, String reason) throws IOException {
        Path file = Files.write(dir.resolve("refused"), bytes);
        assertThatThrownBy(() -> Images.read(file))
                .isInstanceOf(ImageFormatException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(reason);
    }

    private void assertTooLarge(byte[] bytes, String reason) throws IOException {
        assertRefused(bytes, reason);
        assertThatThrownBy(() -> Images.size(dir.resolve("refused")))
                .isInstanceOf(ImageFormatException.class)
                .hasMessageContaining(reason);
    }

    private static byte[] fixture(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ImagesTest.class.getResourceAsStream(name))) {
            return in.readAllBytes();
        }
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
