package da3.streaming.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.image.PixelMask;
import da3.geometry.image.PixelTransform;
import da3.geometry.lens.BrownConrady;
import da3.geometry.lens.CameraModel;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.io.ExportDirectory;
import da3.io.PngWriter;
import da3.io.Trajectories;
import da3.video.VideoOptions;
import da3.video.VideoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameSourceTest {

    @TempDir
    private Path folder;

    @Test
    void foldersAreSortedAndSkipWithoutDecoding() throws IOException {
        writePng("b.png", plain(4, 3, 20));
        writePng("a.png", plain(4, 3, 10));
        writePng("c.png", plain(4, 3, 30));
        Files.writeString(folder.resolve("b.png"), "not decoded");
        try (FrameStream frames = FrameSource.folder(folder).open()) {
            assertThat(frames.next().orElseThrow().name()).isEqualTo("a.png");
            frames.skip(1);
            Frame last = frames.next().orElseThrow();
            assertThat(last.number()).isEqualTo(2);
            assertThat(last.seconds()).isEqualTo(2);
            assertThat(last.image().channel(0, 0, 0)).isEqualTo(30);
            assertThat(frames.next()).isEmpty();
        }
    }

    @Test
    void videosHaveTimes() throws IOException {
        Path file = video(6, 10);
        FrameSource source = FrameSource.video(file, 5);
        List<Frame> frames = all(source);
        assertThat(frames).extracting(Frame::seconds).containsExactly(0.0, 0.2, 0.4);
        assertThat(frames).extracting(Frame::name).startsWith("frame_000000.png", "frame_000001.png");
        assertThat(source.description()).isEqualTo("video video.mp4 at 5.0 frames per second");
    }

    @Test
    void brokenVideosFailAfterTheirIntactFrames() throws IOException {
        Path file = video(40, 10);
        byte[] bytes = Files.readAllBytes(file);
        Path broken = folder.resolve("broken.mp4");
        Files.write(broken, Arrays.copyOf(bytes, bytes.length - bytes.length / 3));
        assertThatThrownBy(() -> all(FrameSource.video(broken, 10)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("broken.mp4");
    }

    @Test
    void undistortedFramesHaveIntrinsics() throws IOException {
        writePng("a.png", plain(60, 40, 10));
        CameraModel lens = new BrownConrady(new Intrinsics(50, 50, 30, 20), -0.2, 0, 0, 0, 0, 0, 0, 0);
        Frame frame = all(FrameSource.folder(folder).undistorted(lens)).get(0);
        assertThat(frame.image().width()).isNotEqualTo(60);
        assertThat(frame.intrinsics()).isPresent();
    }

    @Test
    void masksFollowTheResize() throws IOException {
        writePng("a.png", plain(8, 6, 10));
        Path masks = folder.resolve("masks");
        Image mask = plain(8, 6, 255);
        for (int y = 0; y < 6; y++) {
            Arrays.fill(mask.rgb(), 3 * 8 * y, 3 * (8 * y + 4), (byte) 0); // the left half
        }
        ExportDirectory.open(masks).write("a.png.png", out -> PngWriter.write(mask, out));
        Frame frame = all(FrameSource.folder(folder).masked(masks)).get(0);
        PixelMask resized = frame.resized(plain(4, 3, 10), new PixelTransform(0.5, 0.5, 0, 0))
                .mask()
                .orElseThrow();
        assertThat(resized.ignored().stream().boxed()).containsExactly(0, 1, 4, 5, 8, 9);
        ExportDirectory.open(masks).write("a.png.png", out -> PngWriter.write(plain(3, 3, 0), out));
        assertThatThrownBy(() -> all(FrameSource.folder(folder).masked(masks)))
                .hasMessageContaining("size of mask")
                .hasMessageContaining("must be 8x6 as its frame, got Image[3x3]");
    }

    @Test
    void foldersOfMasksMustExist() throws IOException {
        writePng("a.png", plain(8, 6, 10));
        assertThatThrownBy(() -> all(FrameSource.folder(folder).masked(folder.resolve("none"))))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("none");
        assertThatThrownBy(() -> all(FrameSource.folder(folder).masked(folder.resolve("a.png"))))
                .isInstanceOf(NotDirectoryException.class)
                .hasMessageContaining("a.png");
    }

    /** A texture that moves by two pixels a frame, and stops for three frames. */
    @Test
    void keyframesHaveEnoughMotion() throws IOException {
        int[] offsets = {0, 2, 4, 6, 8, 8, 8, 8, 10, 12, 14, 16, 18};
        for (int i = 0; i < offsets.length; i++) {
            writePng(String.format("%02d.png", i), texture(160, 120, offsets[i]));
        }
        List<Frame> frames = all(FrameSource.folder(folder).keyframes(5.0 / 160));
        assertThat(frames).extracting(Frame::number).containsExactly(0L, 3L, 9L, 12L);
    }

    @Test
    void keyframesWithoutTexture() throws IOException {
        int[] grays = {0, 0, 0, 1, 50, 50, 0};
        for (int i = 0; i < grays.length; i++) {
            writePng(String.format("%02d.png", i), plain(64, 48, grays[i]));
        }
        assertThat(all(FrameSource.folder(folder).keyframes(0.05)))
                .extracting(Frame::number)
                .containsExactly(0L, 4L, 6L);
    }

    @Test
    void posesOfTumAreMatchedByTime() throws IOException {
        List<Pose> poses = List.of(pose(1), pose(2), pose(3));
        Path file = Trajectories.writeTum(poses, new double[] {0, 1.015, 2.5}, folder, "poses.txt");
        GivenPoses given = GivenPoses.read(file);
        assertThat(given.of(9, 0).orElseThrow().translation().x()).isCloseTo(1, within(1e-12));
        assertThat(given.of(9, 1).orElseThrow().translation().x()).isCloseTo(2, within(1e-12));
        assertThat(given.of(9, 2)).isEmpty();
    }

    @Test
    void posesOfKittiAreMatchedByNumber() throws IOException {
        Path file = Trajectories.writeKitti(List.of(pose(1), pose(2)), folder);
        GivenPoses given = GivenPoses.read(file);
        assertThat(given.of(1, 77).orElseThrow().translation().x()).isCloseTo(2, within(1e-12));
        assertThat(given.of(2, 0)).isEmpty();
        assertThat(GivenPoses.of(Map.of(4L, pose(4))).of(4, 0)).contains(pose(4));
    }

    @Test
    void wrongPoseFiles() throws IOException {
        assertWrong("0 1 2", "fields of line 1 of", "must be 8 (TUM) or 12 (KITTI), got 3");
        assertWrong("# none", "poses in", "got no lines");
        assertWrong("0 0 0 0 0 0 0 x", "line 1 of", "must be numbers");
        assertWrong("0 0 0 0 0 0 0 0", "line 1 of", "is no pose");
        Path binary = Files.write(folder.resolve("binary"), new byte[] {'#', (byte) 0xe9, '\n', (byte) 0xff, '1'});
        assertThatThrownBy(() -> GivenPoses.read(binary)).hasMessageContainingAll("line 2 of", "must be numbers");
    }

    private void assertWrong(String content, String... parts) throws IOException {
        Path file = Files.writeString(folder.resolve("wrong.txt"), content);
        assertThatThrownBy(() -> GivenPoses.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(parts);
    }

    private static Pose pose(double x) {
        return new Pose(Mat3.IDENTITY, new Vec3(x, 0, 0));
    }

    static List<Frame> all(FrameSource source) throws IOException {
        List<Frame> all = new ArrayList<>();
        try (FrameStream frames = source.open()) {
            for (Optional<Frame> frame = frames.next(); frame.isPresent(); frame = frames.next()) {
                all.add(frame.get());
            }
        }
        return all;
    }

    private Path video(int frames, double fps) throws IOException {
        Path file = folder.resolve("video.mp4");
        VideoOptions options = VideoOptions.defaults().withFramesPerSecond(fps);
        try (VideoWriter writer = VideoWriter.create(file, 64, 48, options)) {
            for (int i = 0; i < frames; i++) {
                writer.write(texture(64, 48, 5 * i));
            }
            return writer.commit();
        }
    }

    private void writePng(String name, Image image) throws IOException {
        ExportDirectory.open(folder).write(name, out -> PngWriter.write(image, out));
    }

    private static Image plain(int width, int height, int gray) {
        byte[] rgb = new byte[3 * width * height];
        Arrays.fill(rgb, (byte) gray);
        return new Image(width, height, rgb);
    }

    /** Returns a smooth texture that is moved to the left. */
    private static Image texture(int width, int height, int offset) {
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++) {
            double x = i % width + offset;
            double y = i / width;
            double value = 128 + 50 * Math.sin(0.31 * x + 0.1 * y) + 50 * Math.cos(0.27 * y - 0.13 * x);
            Arrays.fill(rgb, 3 * i, 3 * i + 3, (byte) value);
        }
        return new Image(width, height, rgb);
    }
}
