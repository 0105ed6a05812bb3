package da3.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Image;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no named pipes among files")
@Timeout(60)
class LiveVideoTest {

    private static final LiveOptions ALL = LiveOptions.defaults().withFramesPerSecond(1000);
    private static final Duration SHORT = Duration.ofMillis(400);

    @TempDir
    private Path folder;

    private NamedPipe pipe;

    @BeforeEach
    void createPipe() throws IOException, InterruptedException {
        pipe = NamedPipe.create(folder.resolve("pipe"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nut", "mpegts", "matroska", "mp4"})
    void aPipeThatEnds(String format) throws IOException {
        try (NamedPipe open = pipe;
                LiveVideo video = LiveVideo.open(LiveInput.pipe(open.path), ALL)) {
            open.write(video(12, format));
            List<LiveFrame> frames = all(video);
            assertThat(frames).hasSize(12);
            for (int i = 0; i < 12; i++) {
                assertThat(frames.get(i).seconds()).isCloseTo(0.1 * i, within(2e-3));
            }
            assertThat(frames.get(0).image().width()).isEqualTo(64);
            assertThat(frames.get(11).image().height()).isEqualTo(48);
            assertThat(video.ending()).contains(open.path + " has ended");
            assertThat(video.dropped()).isZero();
        }
    }

    @Test
    void aPipeThatStalls() throws IOException {
        try (NamedPipe open = pipe;
                LiveVideo video = LiveVideo.open(LiveInput.pipe(open.path), ALL.withStall(Duration.ofSeconds(2)))) {
            open.writeAndStall(video(12, "mpegts"));
            assertThat(all(video)).hasSizeBetween(11, 12);
            assertThat(video.ending()).contains(open.path + " has delivered no frame for 2.0 s");
        }
    }

    @Test
    void aPipeIntoWhichNothingIsWritten() throws IOException {
        try (LiveVideo video = LiveVideo.open(LiveInput.pipe(pipe.path), ALL.withStall(SHORT))) {
            assertThatThrownBy(video::next)
                    .isInstanceOf(VideoException.class)
                    .hasMessage(pipe.path + " has delivered no frame within 0.4 s");
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("da3-live-video");
    }

    @Test
    void aPipeWithoutVideo() throws IOException {
        try (LiveVideo video = LiveVideo.open(LiveInput.pipe(pipe.path), ALL)) {
            Files.writeString(pipe.path, "no video".repeat(1000));
            assertThatThrownBy(video::next).hasMessageStartingWith(pipe.path + " cannot be opened (");
        }
    }

    /** A defect of the decoding thread is not mistaken for the end of the source. */
    @Test
    void aDecoderThatThrows() throws IOException {
        LiveInput input = LiveInput.pipe(pipe.path);
        LinkageError error = new LinkageError("no such function");
        LiveDecoder decoder = new LiveDecoder(input) {
            private int frames;

            @Override
            AVFrame next() throws IOException {
                if (frames++ == 3) {
                    throw error;
                }
                return super.next();
            }
        };
        try (NamedPipe open = pipe;
                LiveVideo video = LiveVideo.open(input, ALL, decoder)) {
            open.write(video(12, "nut"));
            for (int i = 0; i < 3; i++) {
                assertThat(video.next()).isPresent();
            }
            assertThatThrownBy(video::next)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(pipe.path + " cannot be decoded (")
                    .hasCause(error);
            assertThat(video.ending().orElseThrow()).contains("no such function");
        }
    }

    @Test
    void fewerFramesPerSecond() throws IOException {
        try (NamedPipe open = pipe;
                LiveVideo video = LiveVideo.open(
                        LiveInput.pipe(open.path), LiveOptions.defaults().withFramesPerSecond(5))) {
            open.write(video(12, "nut"));
            assertThat(all(video)).extracting(LiveFrame::seconds).containsExactly(0.0, 0.2, 0.4, 0.6, 0.8, 1.0);
            assertThat(video.dropped()).isZero();
        }
    }

    @Test
    void aLimitedDuration() throws IOException {
        try (NamedPipe open = pipe;
                LiveVideo video = LiveVideo.open(LiveInput.pipe(open.path), ALL.withDuration(Duration.ofMillis(500)))) {
            open.write(video(12, "nut"));
            assertThat(all(video)).hasSize(5);
            assertThat(video.ending()).contains(open.path + " has been read for 0.5 s");
        }
    }

    /** A slow consumer gets frames that are spread over the whole time, and the newest one. */
    @Test
    void framesAreDroppedForASlowConsumer() throws IOException, InterruptedException {
        try (NamedPipe open = pipe;
                LiveVideo video = LiveVideo.open(LiveInput.pipe(open.path), ALL)) {
            open.write(video(100, "nut"));
            while (video.ending().isEmpty()) {
                Thread.sleep(20);
            }
            List<LiveFrame> frames = all(video);
            assertThat(frames).hasSize(LiveVideo.CAPACITY);
            assertThat(video.dropped()).isEqualTo(100 - LiveVideo.CAPACITY);
            assertThat(frames.get(LiveVideo.CAPACITY - 1).seconds()).isCloseTo(9.9, within(1e-6));
            for (int i = 1; i < frames.size(); i++) {
                assertThat(frames.get(i).seconds() - frames.get(i - 1).seconds())
                        .isBetween(0.05, 1.65);
            }
        }
    }

    @Test
    void anInterruptEndsTheWait() throws IOException {
        try (LiveVideo video = LiveVideo.open(LiveInput.pipe(pipe.path), ALL)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(video::next).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    @DisabledOnOs(value = OS.MAC, disabledReason = "V4L2 is part of Linux")
    void filesThatAreNoCameras() throws IOException {
        assertThat(failure("camera:/dev/null"))
                .startsWith("/dev/null cannot be opened (")
                .contains("ioctl");
        assertThat(failure("camera:" + folder.resolve("none"))).endsWith("none: does not exist");
        assertThat(failure("http://127.0.0.1:1/video")).startsWith("http://127.0.0.1:1/video cannot be opened (");
    }

    private static String failure(String source) throws IOException {
        try (LiveVideo video = LiveVideo.open(LiveInput.parse(source).orElseThrow(), ALL)) {
            return catchThrowableOfType(IOException.class, video::next).getMessage();
        }
    }

    @Test
    void sourcesFromTexts() throws IOException {
        assertThat(LiveInput.parse("/dev/video0")).contains(LiveInput.camera(Path.of("/dev/video0")));
        assertThat(LiveInput.parse("camera:cam")).contains(LiveInput.camera(Path.of("cam")));
        assertThat(LiveInput.parse("pipe:")).contains(LiveInput.standardInput());
        assertThat(LiveInput.parse("pipe:a")).contains(LiveInput.pipe(Path.of("a")));
        assertThat(LiveInput.parse(pipe.path.toString())).contains(LiveInput.pipe(pipe.path));
        assertThat(LiveInput.parse("rtsp://host/stream").map(LiveInput::kind)).contains(LiveInput.Kind.URL);
        Path file = Files.writeString(folder.resolve("video.mp4"), "");
        assertThat(LiveInput.parse(file.toString())).isEmpty();
        assertThat(LiveInput.parse("none.mp4")).isEmpty();
    }

    /** Time goes on without a jump where time stamps begin again. */
    @Test
    void restartedTimeStamps() {
        LiveClock clock = new LiveClock(10);
        double[] seconds = {100, 100.1, 0, 0.1};
        double[] expected = {0, 0.1, 0.1, 0.2};
        for (int i = 0; i < seconds.length; i++) {
            assertThat(clock.seconds(Math.round(1000 * seconds[i]), 1e-3, 0)).isCloseTo(expected[i], within(1e-9));
        }
    }

    @Test
    void wrongOptions() {
        assertThatThrownBy(() -> ALL.withStall(Duration.ZERO))
                .hasMessage("time limit of a stall must be positive, got PT0S");
        assertThatThrownBy(() -> ALL.withFramesPerSecond(0)).hasMessageContaining("frames per second must be positive");
        assertThatThrownBy(() -> ALL.withDuration(Duration.ofSeconds(-1)))
                .hasMessage("duration must be at least 0, got PT-1S");
    }

    /** Returns a video of 64x48 pixels with ten frames per second. */
    private byte[] video(int frames, String format) throws IOException {
        Path file = folder.resolve("video.mp4");
        VideoOptions options = VideoOptions.defaults().withFramesPerSecond(10);
        try (VideoWriter writer = VideoWriter.create(file, 64, 48, options)) {
            for (int i = 0; i < frames; i++) {
                byte[] rgb = new byte[3 * 64 * 48];
                Arrays.fill(rgb, (byte) (2 * i));
                writer.write(new Image(64, 48, rgb));
            }
            writer.commit();
        }
        return format.equals("mp4") ? Files.readAllBytes(file) : Remuxed.bytes(file, format);
    }

    private static List<LiveFrame> all(LiveVideo video) throws IOException {
        List<LiveFrame> frames = new ArrayList<>();
        for (Optional<LiveFrame> next = video.next(); next.isPresent(); next = video.next()) {
            frames.add(next.get());
        }
        return frames;
    }
}
