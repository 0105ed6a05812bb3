package da3.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Image;
import da3.video.VideoOptions.Quality;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VideoTest {

    private static final int FRAMES = 10;
    private static final VideoOptions OPTIONS = VideoOptions.defaults().withFramesPerSecond(10);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"64, 48, 64, 48", "65, 47, 66, 48", "16, 16, 16, 16"})
    void framesAreReadBack(int width, int height, int readWidth, int readHeight) throws IOException {
        Path file = write(width, height, OPTIONS);
        try (VideoReader reader = VideoReader.open(file, 1000)) {
            assertThat(reader.framesPerSecond()).isCloseTo(10, within(1e-9));
            assertThat(reader.seconds()).isCloseTo(FRAMES / 10.0, within(1e-9));
            assertThat(reader.width()).isEqualTo(readWidth);
            assertThat(reader.height()).isEqualTo(readHeight);
            List<Image> frames = all(reader);
            assertThat(frames).hasSize(FRAMES);
            for (int i = 0; i < FRAMES; i++) {
                assertThat(psnr(frame(width, height, i), frames.get(i)))
                        .as("frame %d", i)
                        .isGreaterThan(30);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Quality.class)
    void betterQualityTakesMoreBytes(Quality quality) throws IOException {
        long bytes = Files.size(write(160, 128, OPTIONS.withQuality(quality)));
        for (Quality worse : Arrays.copyOf(Quality.values(), quality.ordinal())) {
            assertThat(bytes).isGreaterThan(Files.size(write(160, 128, OPTIONS.withQuality(worse))));
        }
    }

    @Test
    void theIndexIsAtTheStartAndColorsAreStated() throws IOException {
        String bytes = new String(Files.readAllBytes(write(64, 48, OPTIONS)), StandardCharsets.ISO_8859_1);
        assertThat(bytes.indexOf("moov")).isPositive().isLessThan(bytes.indexOf("mdat"));
        assertThat(bytes).contains("avc1", "colrnclx");
    }

    @ParameterizedTest
    @CsvSource({"10, 1, 10", "4, 2, 5", "3, 3, 4", "1, 10, 1", "0.1, 100, 1"})
    void everyNthFrameIsReadFromTheFirst(double fps, int interval, int count) throws IOException {
        try (VideoReader reader = VideoReader.open(write(64, 48, OPTIONS), fps)) {
            assertThat(reader.interval()).isEqualTo(interval);
            List<Image> frames = all(reader);
            assertThat(frames).hasSize(count);
            for (int i = 0; i < count; i++) {
                assertThat(psnr(frame(64, 48, i * interval), frames.get(i))).isGreaterThan(30);
            }
            assertThatThrownBy(reader::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1, -1, 0", "-1, 0, 0, -1", "0, -1, 1, 0", "-1, 0, 0, 1"})
    void framesAreRotatedUpright(int a, int b, int c, int d) throws IOException {
        Path file = write(64, 48, OPTIONS);
        byte[] bytes = Files.readAllBytes(file);
        setMatrix(bytes, a, b, c, d);
        Files.write(file, bytes);
        boolean onItsSide = a == 0;
        try (VideoReader reader = VideoReader.open(file, 10)) {
            Image shown = reader.next();
            assertThat(shown.width()).isEqualTo(reader.width()).isEqualTo(onItsSide ? 48 : 64);
            assertThat(shown.height()).isEqualTo(reader.height()).isEqualTo(onItsSide ? 64 : 48);
            Image stored = frame(64, 48, 0);
            for (int[] corner : new int[][] {{4, 4}, {59, 4}, {4, 43}, {59, 43}}) {
                // coordinates relative to the center, in half pixels
                int x = 2 * corner[0] - 63;
                int y = 2 * corner[1] - 47;
                int toX = (a * x + c * y + shown.width() - 1) / 2;
                int toY = (b * x + d * y + shown.height() - 1) / 2;
                for (int channel = 0; channel < 3; channel++) {
                    assertThat(shown.channel(toX, toY, channel))
                            .isCloseTo(stored.channel(corner[0], corner[1], channel), within(12));
                }
            }
        }
    }

    @Test
    void anInterruptEndsTheSkippingOfFrames() throws IOException {
        try (VideoReader reader = VideoReader.open(write(64, 48, OPTIONS), 0.1)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(reader::next)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(InterruptedIOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void withoutACommitAnEarlierFileStays() throws IOException {
        Path file = folder.resolve("video.mp4");
        Files.writeString(file, "of an earlier run");
        try (VideoWriter writer = VideoWriter.create(file, 64, 48, OPTIONS)) {
            writer.write(frame(64, 48, 0));
            assertThatThrownBy(() -> writer.write(frame(48, 64, 0)))
                    .hasMessage("size of a frame must be 64x48, got 48x64");
        }
        try (VideoWriter writer = VideoWriter.create(file, 64, 48, OPTIONS)) {
            assertThatThrownBy(writer::commit).hasMessageContaining("no frames");
        }
        assertThat(file).hasContent("of an earlier run");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    /** Native code would otherwise access freed memory. */
    @Test
    void aClosedWriterRefusesFrames() throws IOException {
        VideoWriter writer = VideoWriter.create(folder.resolve("video.mp4"), 64, 48, OPTIONS);
        writer.write(frame(64, 48, 0));
        writer.close();
        writer.close();
        assertThatThrownBy(() -> writer.write(frame(64, 48, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("video.mp4 is committed or closed");
        assertThatThrownBy(writer::commit).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCommittedWriterRefusesFrames() throws IOException {
        try (VideoWriter writer = VideoWriter.create(folder.resolve("video.mp4"), 64, 48, OPTIONS)) {
            writer.write(frame(64, 48, 0));
            Path file = writer.commit();
            byte[] bytes = Files.readAllBytes(file);
            assertThatThrownBy(() -> writer.write(frame(64, 48, 1))).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(writer::commit).isInstanceOf(IllegalStateException.class);
            assertThat(file).hasBinaryContent(bytes);
        }
    }

    @Test
    void filesThatCannotBeWrittenAreRefused() {
        assertThatThrownBy(() -> VideoWriter.create(folder.resolve("no/such.mp4"), 64, 48, OPTIONS))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("no/such.mp4 cannot be written");
        assertThatThrownBy(() -> VideoWriter.create(folder.resolve("small.mp4"), 15, 48, OPTIONS))
                .hasMessage("size of a video must be at least 16x16 and at most the area of 4096x2304, got 15x48");
        assertThatThrownBy(() -> VideoWriter.create(folder.resolve("large.mp4"), 8192, 8192, OPTIONS))
                .hasMessageContaining("got 8192x8192");
        assertThatThrownBy(() -> VideoWriter.create(folder.resolve("endless.mp4"), Integer.MAX_VALUE, 16, OPTIONS))
                .hasMessageContaining("got 2147483647x16");
        assertThatThrownBy(() -> OPTIONS.withFramesPerSecond(0))
                .hasMessage("frames per second must be from 0.01 to 240, got 0.0");
    }

    @Test
    void filesThatCannotBeReadAreRefused() throws IOException {
        Path whole = write(64, 48, OPTIONS);
        byte[] bytes = Files.readAllBytes(whole);
        refused("cut.mp4", Arrays.copyOf(bytes, bytes.length - 100), "is truncated: it must have at least");
        refused("head.mp4", Arrays.copyOf(bytes, 200), "has no video stream or is truncated");
        refused("text.mp4", "not a video at all".getBytes(StandardCharsets.UTF_8), "not a video", ".mp4, .mov");
        refused("empty.mp4", new byte[0], "not a video");
        refused("playlist.mp4", ("#EXTM3U\n#EXTINF:1,\n" + whole).getBytes(StandardCharsets.UTF_8), "not a video");
        refused("nothing.mp4", withoutFrames(bytes), "has no frames");
        refused("sound.avi", silentAvi(), "has no video stream");
        assertThatThrownBy(() -> VideoReader.open(folder.resolve("nowhere.mp4"), 1))
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> VideoReader.open(folder, 1)).hasMessageContaining("is a directory, not a video");
        assertThatThrownBy(() -> VideoReader.open(whole, 0))
                .hasMessage("frames per second must be at least 0.01 and finite, got 0.0");
        assertThatThrownBy(() -> VideoReader.open(whole, 1e-6)).hasMessageContaining("got 1.0E-6");
    }

    @Test
    void tooLargeFramesAreRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(write(64, 48, OPTIONS));
        setBlocks(bytes, 800, 800);
        refused("vast.mp4", bytes, "must have frames of at most 100000000 pixels, got 12800x12800");
    }

    @Test
    void overwrittenFramesAreDetected() throws IOException {
        Path file = write(64, 48, OPTIONS);
        byte[] bytes = Files.readAllBytes(file);
        int mdat = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("mdat");
        Arrays.fill(bytes, mdat + 4, bytes.length, (byte) 0x5a);
        Files.write(file, bytes);
        assertThatThrownBy(() -> {
                    try (VideoReader reader = VideoReader.open(file, 10)) {
                        all(reader);
                    } catch (UncheckedIOException e) {
                        throw e.getCause();
                    }
                })
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("is damaged or truncated");
    }

    @Test
    void videosAreRecognizedByTheirExtensions() {
        assertThat(List.of("a.mp4", "a.MOV", "a.b.webm", "a.m4v", "a.wmv"))
                .allMatch(name -> VideoReader.hasVideoExtension(Path.of(name)));
        assertThat(List.of("mp4", "a.mp4.png", "a.gif"))
                .noneMatch(name -> VideoReader.hasVideoExtension(Path.of(name)));
    }

    private void refused(String name, byte[] bytes, String... messages) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, bytes);
        assertThatThrownBy(() -> VideoReader.open(file, 1).close())
                .isInstanceOf(VideoException.class)
                .hasMessageStartingWith(file.toString())
                .message()
                .contains(messages);
    }

    private Path write(int width, int height, VideoOptions options) throws IOException {
        try (VideoWriter writer = VideoWriter.create(folder.resolve("video.mp4"), width, height, options)) {
            for (int i = 0; i < FRAMES; i++) {
                writer.write(frame(width, height, i));
            }
            return writer.commit();
        }
    }

    private static List<Image> all(VideoReader reader) {
        List<Image> frames = new ArrayList<>();
        reader.forEachRemaining(frames::add);
        return frames;
    }

    /** Returns a frame with smooth colors that differ in every corner and change over time. */
    private static Image frame(int width, int height, int number) {
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++) {
            double x = (double) (i % width) / width;
            double y = (double) (i / width) / height;
            rgb[3 * i] = (byte) (40 + 170 * x);
            rgb[3 * i + 1] = (byte) (40 + 170 * y);
            rgb[3 * i + 2] = (byte) (128 + 80 * Math.sin(3 * x + 5 * y + number));
        }
        return new Image(width, height, rgb);
    }

    /** Returns the peak signal-to-noise ratio in decibels, over the area of the expected image. */
    private static double psnr(Image expected, Image actual) {
        double sum = 0;
        for (int y = 0; y < expected.height(); y++) {
            for (int x = 0; x < expected.width(); x++) {
                for (int c = 0; c < 3; c++) {
                    double difference = expected.channel(x, y, c) - actual.channel(x, y, c);
                    sum += difference * difference;
                }
            }
        }
        return 10 * Math.log10(255.0 * 255 * expected.rgb().length / sum);
    }

    /** Changes the display matrix in the header of the track, in 16.16 fixed point. */
    private static void setMatrix(byte[] mp4, int a, int b, int c, int d) {
        int header = new String(mp4, StandardCharsets.ISO_8859_1).indexOf("tkhd") + 4;
        int matrix = header + 40; // after version, times, duration, layer, group and volume
        int[] at = {0, 1, 3, 4};
        int[] values = {a, b, c, d};
        for (int i = 0; i < 4; i++) {
            int fixed = values[i] << 16;
            for (int k = 0; k < 4; k++) {
                mp4[matrix + 4 * at[i] + k] = (byte) (fixed >> 24 - 8 * k);
            }
        }
    }

    /** Replaces the sequence parameter set by a shorter one with another frame size, in blocks of 16x16 pixels. */
    private static void setBlocks(byte[] mp4, int columns, int rows) {
        int first = new String(mp4, StandardCharsets.ISO_8859_1).indexOf("avcC") + 4 + 6;
        int length = (mp4[first] & 0xff) << 8 | mp4[first + 1] & 0xff;
        StringBuilder bits = new StringBuilder("01100111"); // a sequence parameter set,
        bits.append("01000010").append("11000000").append("00110100"); // Baseline profile, level 5.2
        for (int value : new int[] {0, 0, 2, 1}) { // its id, frame numbers, their order, number of reference frames
            appendGolomb(bits, value);
        }
        bits.append('0');
        appendGolomb(bits, columns - 1);
        appendGolomb(bits, rows - 1);
        bits.append("1100").append('1'); // progressive frames, 8x8, no cropping, no VUI; the end
        Arrays.fill(mp4, first + 2, first + 2 + length, (byte) 0);
        for (int i = 0; i < bits.length(); i++) {
            mp4[first + 2 + i / 8] |= (byte) (bits.charAt(i) == '1' ? 0x80 >> i % 8 : 0);
        }
    }

    private static void appendGolomb(StringBuilder bits, int value) {
        String binary = Integer.toBinaryString(value + 1);
        bits.append("0".repeat(binary.length() - 1)).append(binary);
    }

    /** Returns a copy whose tables of frames are empty. */
    private static byte[] withoutFrames(byte[] mp4) {
        byte[] emptied = mp4.clone();
        String text = new String(mp4, StandardCharsets.ISO_8859_1);
        for (String table : List.of("stts", "stss", "stsc", "stsz", "stco")) {
            int count = text.indexOf(table) + 8 + (table.equals("stsz") ? 4 : 0);
            Arrays.fill(emptied, count, count + 4, (byte) 0);
        }
        return emptied;
    }

    /** Returns a container without streams. */
    private static byte[] silentAvi() {
        byte[] avi = new byte[12 + 12 + 64 + 12];
        put(avi, 0, "RIFF", avi.length - 8);
        put(avi, 8, "AVI ", 0);
        put(avi, 12, "LIST", 4 + 64);
        put(avi, 20, "hdrl", 0);
        put(avi, 24, "avih", 56);
        put(avi, 88, "LIST", 4);
        put(avi, 96, "movi", 0);
        return avi;
    }

    private static void put(byte[] bytes, int at, String code, int size) {
        System.arraycopy(code.getBytes(StandardCharsets.US_ASCII), 0, bytes, at, 4);
        for (int k = 0; k < 4 && at + 4 + k < bytes.length; k++) {
            bytes[at + 4 + k] = (byte) (size >> 8 * k);
        }
    }
}
