package da3.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodingLimitsTest {

    @TempDir
    private Path folder;

    @Test
    void jpegsWithTooManyScansAreRefused() throws IOException {
        byte[] file = progressiveJpeg(64, 48);
        Path few = Files.write(folder.resolve("few.jpg"), withRepeatedLastScan(file, 50));
        assertThat(Images.read(few).width()).isEqualTo(64);
        Path many = Files.write(folder.resolve("many.jpg"), withRepeatedLastScan(file, JpegScans.MAX_SCANS));
        assertThatThrownBy(() -> Images.read(many))
                .isInstanceOf(ImageFormatException.class)
                .hasMessage(many + ": must have at most 100 scans, got more");
    }

    @Test
    void tiffsWithTooManySamplesPerPixelAreRefused() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB), "tiff", out);
        byte[] tiff = out.toByteArray();
        TiffFiles.setLong(tiff, 277, Integer.MAX_VALUE - 8);
        Path file = Files.write(folder.resolve("a.tiff"), tiff);
        assertThatThrownBy(() -> Images.read(file))
                .isInstanceOf(ImageFormatException.class)
                .hasMessage(file + ": must have at most 64 samples per pixel, got 2147483639");
    }

    @Test
    void webPsWithATooLargeCanvasAreRefused() throws IOException {
        byte[] webp = new byte[30];
        ByteBuffer.wrap(webp)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(22)
                .put("WEBPVP8X".getBytes(StandardCharsets.US_ASCII))
                .putInt(10)
                .putInt(0)
                .putInt(5_000_000 - 1 | 9 << 24); // width - 1, then height - 1, 24 bits each
        Path file = Files.write(folder.resolve("a.webp"), webp);
        assertThatThrownBy(() -> Images.size(file))
                .isInstanceOf(ImageFormatException.class)
                .hasMessage(file + ": must have sides of at most 16384 pixels, got 5000000x10");
    }

    @Test
    void anInterruptedThreadReadsNothing() throws IOException {
        Path file = Files.write(folder.resolve("a.jpg"), progressiveJpeg(64, 48));
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> Images.read(file))
                    .isInstanceOf(InterruptedIOException.class)
                    .hasMessageContaining(file.toString());
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void decodingEndsWhenItsThreadIsInterrupted() throws IOException {
        Path file = Files.write(folder.resolve("large.jpg"), progressiveJpeg(640, 480));
        BufferedImage[] decoded = new BufferedImage[1];
        try {
            assertThatThrownBy(() -> Images.opened(file, (format, stream, reader) -> {
                        interruptAtTheFirstRow(reader);
                        Images.open(file, stream, reader);
                        decoded[0] = reader.read(0);
                        return decoded[0];
                    }))
                    .isInstanceOf(InterruptedIOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        // the last rows were never decoded
        assertThat(decoded[0].getRGB(0, 479) & 0xffffff).isZero();
    }

    @Test
    void decodingEndsAtItsTimeLimit() throws IOException {
        DecodingWatchdog watch = new DecodingWatchdog(folder, Duration.ZERO);
        ImageReader reader = reader(watch);
        BufferedImage partial = reader.read(0);
        // the last rows were never decoded
        assertThat(partial.getRGB(0, 479) & 0xffffff).isZero();
        assertThatThrownBy(watch::requireNotStopped)
                .isInstanceOf(ImageFormatException.class)
                .hasMessageContaining("takes longer than 0 s");
        reader.dispose();
    }

    @Test
    void largeFilesAreReadInSmallParts() throws IOException {
        byte[] jpeg = progressiveJpeg(64, 48);
        Path file = Files.write(folder.resolve("a.jpg"), Arrays.copyOf(jpeg, 32 << 20));
        long directBefore = directBytes();
        CompletableFuture<Long> allocated = new CompletableFuture<>();
        CompletableFuture<Long> direct = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                long before = ThreadMemory.allocatedBytes();
                Images.size(file);
                Images.read(file);
                allocated.complete(ThreadMemory.allocatedBytes() - before);
                direct.complete(directBytes() - directBefore); // before the thread ends, which frees its buffers
            } catch (Throwable e) {
                allocated.completeExceptionally(e);
            }
        });
        thread.start();
        assertThat(allocated.join()).isLessThan(8 << 20);
        assertThat(direct.join()).isLessThan(1 << 20);
    }

    @Test
    void lackOfMemoryIsNotReportedAsDamage() throws IOException {
        Path file = Files.write(folder.resolve("a.jpg"), progressiveJpeg(64, 48));
        OutOfMemoryError error = new OutOfMemoryError("Java heap space");
        assertThatThrownBy(() -> Images.opened(file, (format, stream, reader) -> {
                    throw error;
                }))
                .isSameAs(error);
    }

    private static void interruptAtTheFirstRow(ImageReader reader) {
        reader.addIIOReadProgressListener(new DecodingWatchdog(Path.of(""), Images.MAX_TIME) {
            @Override
            public void imageProgress(ImageReader decoding, float percentage) {
                Thread.currentThread().interrupt(); // without an abort, which is left to the watchdog of Images
            }
        });
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private ImageReader reader(DecodingWatchdog watch) throws IOException {
        ImageReader reader = ImageFormat.JPEG.reader();
        reader.addIIOReadProgressListener(watch);
        reader.setInput(
                new WindowedImageInput(Files.write(folder.resolve("large.jpg"), progressiveJpeg(640, 480))),
                true,
                true);
        return reader;
    }

    private static byte[] withRepeatedLastScan(byte[] file, int times) {
        int scan = file.length - 2;
        while (file[scan] != (byte) 0xff || file[scan + 1] != (byte) 0xda) {
            scan--;
        }
        int end = file.length - 2;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(file, 0, end);
        for (int i = 0; i < times; i++) {
            out.write(file, scan, end - scan);
        }
        out.write(file, end, 2);
        return out.toByteArray();
    }

    private static byte[] progressiveJpeg(int width, int height) throws IOException {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.setRGB(x, y, (128 + x % 64) << 16 | (128 + y % 64) << 8 | 128 + (x + y) % 64);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
