package da3.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.io.Npz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveScenesTest {

    @TempDir
    Path folder;

    private final TrainingScene scene = new PlaneScenes(1, 2, 14, 28).read(0);

    private static View view(TrainingScene scene, int view, boolean camera) {
        TrainingScene one = scene.subset(new int[] {view});
        return new View(
                new Image(scene.columns(), scene.rows(), one.rgb()),
                new ScalarMap(scene.columns(), scene.rows(), one.depth()),
                Optional.empty(),
                camera ? Optional.of(one.camera(0)) : Optional.empty());
    }

    private Path write(String name, boolean cameras) throws IOException {
        List<View> views = new ArrayList<>();
        for (int i = 0; i < scene.views(); i++) {
            views.add(view(scene, i, cameras));
        }
        Path exported = Npz.write(new Scene(views, Optional.empty(), false), folder.resolve("export-" + name));
        return Files.copy(
                exported, Files.createDirectories(folder.resolve("scenes")).resolve(name));
    }

    private ArchiveScenes open() throws IOException {
        return ArchiveScenes.open(List.of(folder.resolve("scenes")), ArchiveScenes.DepthLimits.NONE);
    }

    @Test
    void readsWhatTheExportWrites() throws IOException {
        write("b.npz", true);
        write("a.npz", true);
        ArchiveScenes scenes = open();
        assertThat(scenes.scenes()).isEqualTo(2);
        assertThat(scenes.name(0)).endsWith("a.npz");
        TrainingScene read = scenes.read(1);
        SceneCheck.check(read, "b");
        assertThat(read.rgb()).isEqualTo(scene.rgb());
        assertThat(read.extrinsics()).isEqualTo(scene.extrinsics());
        assertThat(read.intrinsics()).isEqualTo(scene.intrinsics());
        for (int i = 0; i < scene.depth().length; i++) {
            assertThat(Math.abs(read.depth()[i] - scene.depth()[i])).isLessThan(1e-5f);
        }
    }

    @Test
    void depthIsScaledAndLimited() {
        ArchiveScenes.DepthLimits limits = new ArchiveScenes.DepthLimits(0.001, 5);
        assertThat(limits.apply(2000)).isEqualTo(2);
        assertThat(limits.apply(6000)).isZero();
        assertThat(limits.apply(-1)).isZero();
        assertThat(limits.apply(Float.NaN)).isZero();
        assertThat(limits.apply(Float.POSITIVE_INFINITY)).isZero();
    }

    @Test
    void theCamerasOfArchivesWithoutThemAreAssumed() throws IOException {
        Path file = write("a.npz", false);
        ArchiveScenes scenes = open();
        assertThat(scenes.hasCameras()).isFalse();
        Camera camera = scenes.read(0).camera(1);
        assertThat(camera.pose().toMatrix3x4()).isEqualTo(Pose.IDENTITY.toMatrix3x4());
        assertThat(camera.intrinsics().fx()).isCloseTo(14 / Math.tan(Math.PI / 6), within(1e-5)); // 60 degrees
        assertThat(camera.intrinsics().cy()).isEqualTo(7);

        Path other = Files.createDirectory(folder.resolve("other"));
        Files.move(write("b.npz", true), other.resolve("b.npz"));
        ArchiveScenes both = ArchiveScenes.open(List.of(other, file.getParent()), ArchiveScenes.DepthLimits.NONE);
        assertThat(both.hasCameras()).isFalse();
        for (SceneSource source : List.of(both, new JoinedScenes(List.of(both)), new CachedScenes(both, 0))) {
            assertThat(source.hasCameras(0)).isTrue();
            assertThat(source.hasCameras(1)).isFalse();
        }
        assertThat(SelectedScenes.first(both, 1).hasCameras(0)).isTrue();
        assertThat(both.read(0).extrinsics()).isEqualTo(scene.extrinsics());
    }

    @Test
    void archivesOfAFolderHaveCamerasOrNoneHas() throws IOException {
        Path first = write("a.npz", true);
        Path second = write("b.npz", false);
        assertThatThrownBy(() -> open().read(1))
                .isInstanceOf(IOException.class)
                .hasMessage("extrinsics and intrinsics of " + second
                        + " must be present as in the first archive of its folder, got none");
        Files.move(first, second.resolveSibling("c.npz"));
        assertThatThrownBy(() -> open().read(1))
                .isInstanceOf(IOException.class)
                .hasMessage("extrinsics and intrinsics of " + second.resolveSibling("c.npz")
                        + " must be absent as in the first archive of its folder, got both");
    }

    @Test
    void extrinsicsWithoutIntrinsicsAreAnError() throws IOException {
        Path whole = write("a.npz", true);
        Path file = whole.resolveSibling("b.npz");
        try (ZipFile from = new ZipFile(whole.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(file))) {
            for (ZipEntry entry : Collections.list(from.entries())) {
                if (!entry.getName().equals("intrinsics.npy")) {
                    to.putNextEntry(new ZipEntry(entry.getName()));
                    from.getInputStream(entry).transferTo(to);
                }
            }
        }
        String message =
                "cameras of " + file + " must be both extrinsics and intrinsics, or neither, got only extrinsics";
        assertThatThrownBy(() -> open().read(1)).isInstanceOf(IOException.class).hasMessage(message);
        Files.delete(whole);
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessage(message);
    }
}
