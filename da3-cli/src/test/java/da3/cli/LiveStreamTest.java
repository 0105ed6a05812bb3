package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;

import da3.geometry.Camera;
import da3.synthetic.CameraRig;
import da3.synthetic.RayCaster;
import da3.synthetic.RenderOptions;
import da3.synthetic.SampleScenes;
import da3.video.VideoOptions;
import da3.video.VideoWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tests of {@code stream} with a pipe, into which a video is written as a camera would. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no named pipes among files")
@Timeout(120)
class LiveStreamTest {

    private static final int FRAMES = 12;

    @TempDir
    private Path folder;

    private Path pipe;
    private Path out;

    @BeforeEach
    void createPipe() throws IOException, InterruptedException {
        pipe = folder.resolve("camera");
        out = folder.resolve("out");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
    }

    @Test
    void aPipeThatEndsLeavesAWholeMap() throws IOException {
        writer(video(), new CountDownLatch(0)).start();
        CommandRun run = stream();
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("da3: " + pipe + " has ended; 0 frames were dropped, because they came in faster than");
        List<String> trajectory = Files.readAllLines(out.resolve("trajectory.tum"));
        assertThat(trajectory).hasSize(FRAMES);
        assertThat(trajectory.get(FRAMES - 1)).startsWith("2.75 ");
        assertThat(out.resolve("points.ply")).isNotEmptyFile();
        byte[] points = Files.readAllBytes(out.resolve("points.ply"));
        Files.delete(out.resolve("points.ply"));
        assertThat(stream("--duration=0").err()).contains("continuing after 12 frames");
        assertThat(out.resolve("points.ply")).hasBinaryContent(points);
    }

    /** The writer keeps the pipe open, but writes no more: a camera that hangs. */
    @Test
    void aPipeThatStallsLeavesAWholeMap() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        writer(video(), end).start();
        CommandRun run = stream("--stall=2", "--duration=100");
        end.countDown();
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("da3: " + pipe + " has delivered no frame for 2.0 s; 0 frames");
        assertThat(Files.readAllLines(out.resolve("trajectory.tum"))).hasSize(FRAMES);
        assertThat(out.resolve("points.ply")).isNotEmptyFile();
    }

    @Test
    void inputsThatDeliverNothing() {
        CommandRun run = stream("--stall=0.3");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(pipe + " has delivered no frame within 0.3 s");
        assertThat(stream("--merge").err()).contains("--merge cannot be combined with the live input " + pipe);
        assertThat(stream("--stall=0").err()).contains("--stall must be positive and finite, got 0");
        assertThat(stream("--duration=-1").err()).contains("--duration must be from 0 to");
    }

    private Thread writer(byte[] video, CountDownLatch end) {
        Thread writer = new Thread(() -> {
            try (OutputStream to = new FileOutputStream(pipe.toFile())) {
                to.write(video);
                to.flush();
                end.await();
            } catch (IOException | InterruptedException e) {
                // the reader has closed the pipe
            }
        });
        writer.setDaemon(true);
        return writer;
    }

    /** Returns the bytes of an MP4 file with its index in front, which can be read in one pass. */
    private byte[] video() throws IOException {
        List<Camera> cameras =
                SampleScenes.indoorArc().withCount(FRAMES).cameras(CameraRig.lens(56, 42, Math.toRadians(60)));
        RayCaster caster = new RayCaster(SampleScenes.indoor(1));
        Path file = folder.resolve("video.mp4");
        VideoOptions options = VideoOptions.defaults().withFramesPerSecond(4);
        try (VideoWriter writer = VideoWriter.create(file, 56, 42, options)) {
            for (Camera camera : cameras) {
                writer.write(
                        caster.render(camera, 56, 42, RenderOptions.defaults().withSamples(1))
                                .view()
                                .image());
            }
            writer.commit();
        }
        return Files.readAllBytes(file);
    }

    private CommandRun stream(String... options) {
        List<String> words = new ArrayList<>(List.of(
                "stream",
                pipe.toString(),
                "--model=da3-tiny",
                "--process-res=42",
                "--window=4",
                "--overlap=1",
                "--export-dir=" + out));
        words.addAll(List.of(options));
        return CommandRun.of(words);
    }
}
