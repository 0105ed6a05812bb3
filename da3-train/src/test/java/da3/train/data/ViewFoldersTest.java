package da3.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.Image;
import da3.train.data.ArchiveScenes.DepthLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewFoldersTest {

    private static final ViewOptions MILLIMETERS = new ViewOptions(new DepthLimits(0.001, 0), 0, 0);

    @TempDir
    Path folder;

    private TrainingScene truth;

    @BeforeEach
    void write() throws IOException {
        truth = UserFiles.recording(folder, 5, 14, 28);
    }

    private FileScenes open(Optional<String> masks, int viewsPerScene, ViewOptions options) throws IOException {
        return new ViewFolders("images", "depth", masks, "cameras.npz", viewsPerScene).open(List.of(folder), options);
    }

    private TrainingScene read(ViewOptions options) throws IOException {
        return open(Optional.empty(), 0, options).read(0);
    }

    private static void assertFails(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(IOException.class).message().contains(parts);
    }

    @Test
    void readsImagesDepthAndCameras() throws IOException {
        TrainingScene read = read(MILLIMETERS);
        SceneCheck.check(read, "recording");
        assertThat(read.rgb()).isEqualTo(truth.rgb());
        for (int i = 0; i < truth.depth().length; i++) {
            assertThat(Math.abs(read.depth()[i] - truth.depth()[i])).isLessThan(0.0006f);
        }
        assertThat(read.intrinsics()).isEqualTo(truth.intrinsics());
        for (int i = 0; i < truth.extrinsics().length; i++) {
            assertThat(Math.abs(read.extrinsics()[i] - truth.extrinsics()[i])).isLessThan(1e-6f);
        }
    }

    @Test
    void scenesAreConsecutiveViews() throws IOException {
        FileScenes scenes = open(Optional.empty(), 2, MILLIMETERS);
        assertThat(scenes.scenes()).isEqualTo(3);
        assertThat(scenes.hasCameras()).isTrue();
        assertThat(scenes.name(0)).isEqualTo("the scene of " + folder.resolve("images/0.png") + " to 1.png");
        assertThat(scenes.read(2).rgb())
                .isEqualTo(truth.subset(new int[] {3, 4}).rgb());
    }

    @Test
    void largeImagesAreReducedAndCamerasFollow() throws IOException {
        TrainingScene read = read(new ViewOptions(new DepthLimits(0.001, 0), 14, 0));
        assertThat(read.columns()).isEqualTo(14);
        assertThat(read.rows()).isEqualTo(7);
        for (int i = 0; i < 8; i++) { // but not the last entry, 1
            assertThat(read.intrinsics()[i]).isEqualTo(truth.intrinsics()[i] / 2);
        }
    }

    @Test
    void depthIsLimitedAndMaskedAtAnyResolution() throws IOException {
        Files.delete(folder.resolve("depth/0.png"));
        UserFiles.pfm(folder.resolve("depth/0.pfm"), 2, 1, 1500, 9000);
        Files.delete(folder.resolve("depth/1.png"));
        UserFiles.npy(folder.resolve("depth/1.npy"), "1, 2", 1500, 2500);
        for (int v = 0; v < 5; v++) {
            UserFiles.png(folder.resolve("masks/" + v + ".png"), 4, 2, 1, 1, 1, 1, 0, 1, 1, 1, 1);
        }
        TrainingScene read = open(Optional.of("masks"), 0, new ViewOptions(new DepthLimits(0.001, 8), 0, 0))
                .read(0);
        float[] depth = read.depth();
        assertThat(depth[0]).isEqualTo(1.5f);
        assertThat(depth[14]).as("beyond the maximum").isZero();
        int second = 14 * 28;
        assertThat(depth[second + 20]).isEqualTo(2.5f);
        assertThat(depth[second + 21]).as("masked").isZero();
        assertThat(depth[second + 7 * 28 + 21]).as("below the mask").isEqualTo(2.5f);
    }

    @Test
    void everyFaultNamesItsFile() throws IOException {
        Path heic = Files.createFile(folder.resolve("images/9.HEIC"));
        assertFails(() -> read(MILLIMETERS), heic + " must be converted to JPEG or PNG first");
        Files.delete(heic);
        Path extra = UserFiles.image(folder.resolve("images/9.png"), new Image(28, 14, new byte[3 * 28 * 14]));
        assertFails(() -> read(MILLIMETERS), "cameras.npz must have one camera for each of the 6 images", "got 5");
        Files.delete(extra);
        assertFails(() -> open(Optional.of("masks"), 0, MILLIMETERS), "masks/0.png", "must have a mask");
        UserFiles.pfm(folder.resolve("depth/wide.pfm"), 3, 1, 1, 1, 1);
        Files.move(folder.resolve("depth/3.png"), folder.resolve("moved.png"));
        assertFails(() -> read(MILLIMETERS), "depth/3.png", "3.png must have a depth map", ".png or .pfm or .npy");
        Files.move(folder.resolve("depth/wide.pfm"), folder.resolve("depth/3.pfm"));
        assertFails(
                () -> read(MILLIMETERS),
                "aspect ratio of " + folder.resolve("depth/3.pfm") + " must be that of ",
                "28x14, got 3x1");
        UserFiles.image(folder.resolve("images/2.png"), new Image(14, 7, new byte[3 * 14 * 7]));
        assertFails(
                () -> read(MILLIMETERS),
                "the size of " + folder.resolve("images/2.png") + " must be that of ",
                "28x14, got 14x7");
        Files.delete(folder.resolve("cameras.npz"));
        assertFails(() -> read(MILLIMETERS), "cameras.npz");
    }

    @Test
    void arraysNeedTwoAxes() throws IOException {
        Path array = UserFiles.npy(folder.resolve("a.npy"), "2,", 1, 2);
        assertFails(() -> DepthFiles.read(array), "shape of " + array + " must be (rows, columns), got [2]");
        assertFails(() -> DepthFiles.read(folder.resolve("a.exr")), "a.exr", ".png or .pfm or .npy");
    }
}
