package da3.streaming.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.image.PixelMask;
import da3.geometry.lens.BrownConrady;
import da3.geometry.lens.Pinhole;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.geometry.rig.Rig;
import da3.geometry.rig.RigCamera;
import da3.io.ExportDirectory;
import da3.io.PngWriter;
import da3.io.rig.RigImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RigFramesTest {

    private static final int WIDTH = 40;
    private static final int HEIGHT = 30;
    private static final Intrinsics K = new Intrinsics(30, 30, 20, 15);
    private static final Pose RIGHT = new Pose(Mat3.IDENTITY, new Vec3(-0.5, 0, 0));

    /** The left camera has barrel distortion and sees the vehicle in its upper half. */
    private static final Rig RIG = new Rig(List.of(
            new RigCamera(
                    "left",
                    Pose.IDENTITY,
                    new BrownConrady(K, -0.1, 0, 0, 0, 0, 0, 0, 0),
                    Optional.empty(),
                    Optional.of(upperHalf())),
            new RigCamera("right", RIGHT, new Pinhole(K), Optional.of(new RigCamera.Size(WIDTH, HEIGHT)))));

    @TempDir
    private Path folder;

    private static PixelMask upperHalf() {
        BitSet ignored = new BitSet();
        ignored.set(0, WIDTH * HEIGHT / 2);
        return new PixelMask(WIDTH, HEIGHT, ignored);
    }

    @BeforeEach
    void writeImages() throws IOException {
        for (String camera : List.of("left", "right")) {
            for (int k = 0; k < 3; k++) {
                byte[] rgb = new byte[3 * WIDTH * HEIGHT];
                Arrays.fill(rgb, (byte) (camera.length() * 10 + k));
                Image image = new Image(WIDTH, HEIGHT, rgb);
                ExportDirectory.open(folder.resolve(camera)).write(k + ".png", out -> PngWriter.write(image, out));
            }
        }
    }

    @Test
    void instantsFollowEachOtherWithAllCameras() throws IOException {
        List<Frame> frames = read(FrameSource.rig(RIG, RigImages.list(folder, RIG), Optional.empty()), 0);
        assertThat(frames)
                .extracting(Frame::name)
                .containsExactly("left/0.png", "right/0.png", "left/1.png", "right/1.png", "left/2.png", "right/2.png");
        assertThat(frames).extracting(Frame::number).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(frames).extracting(Frame::seconds).containsExactly(0.0, 0.0, 1.0, 1.0, 2.0, 2.0);
        assertThat(frames.get(3).image().channel(5, 5, 0)).isEqualTo(51);
    }

    @Test
    void framesAreUndistortedMaskedAndOfOneSize() throws IOException {
        List<Frame> frames = read(FrameSource.rig(RIG, RigImages.list(folder, RIG), Optional.empty()), 0);
        Frame left = frames.get(0);
        Frame right = frames.get(1);
        assertThat(left.image().width()).isEqualTo(right.image().width()).isLessThanOrEqualTo(WIDTH);
        assertThat(left.image().height()).isEqualTo(right.image().height());
        int pixels = left.image().width() * left.image().height();
        assertThat(left.mask().orElseThrow().ignored().cardinality()).isBetween(pixels / 3, 2 * pixels / 3);
        assertThat(right.mask()).isEmpty();
        double cropped = (WIDTH - right.image().width()) / 2;
        assertThat(right.intrinsics().orElseThrow().cx()).isEqualTo(K.cx() - cropped);
    }

    @Test
    void posesOfTheRigBecomeThoseOfItsCameras() throws IOException {
        Pose rigFromWorld = new Pose(Mat3.IDENTITY, new Vec3(0, 0, -7));
        FrameSource source =
                FrameSource.rig(RIG, RigImages.list(folder, RIG), Optional.of(GivenPoses.of(Map.of(1L, rigFromWorld))));
        assertThat(source.hasPoses()).isTrue();
        List<Frame> frames = read(source, 0);
        assertThat(frames.get(0).pose()).isEmpty();
        assertThat(frames.get(3).pose()).contains(RIGHT.compose(rigFromWorld));
    }

    @Test
    void framesCanBeSkipped() throws IOException {
        FrameSource source = FrameSource.rig(RIG, RigImages.list(folder, RIG), Optional.empty());
        for (int count = 0; count <= 6; count++) {
            List<Frame> rest = read(source, count);
            assertThat(rest).hasSize(6 - count);
            assertThat(rest.stream().mapToLong(Frame::number).min().orElse(count))
                    .isEqualTo(count);
        }
    }

    @Test
    void missingImagesAreNamed() throws IOException {
        Files.delete(folder.resolve("right/1.png"));
        assertThatThrownBy(() -> RigImages.list(folder, RIG))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("contains no image of camera right at instant 1");
    }

    private static List<Frame> read(FrameSource source, int skipped) throws IOException {
        List<Frame> frames = new ArrayList<>();
        try (FrameStream stream = source.open()) {
            stream.skip(skipped);
            for (Optional<Frame> frame = stream.next(); frame.isPresent(); frame = stream.next()) {
                frames.add(frame.get());
            }
        }
        return frames;
    }
}
