package da3.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.Scene;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzCamerasTest {

    @TempDir
    private Path folder;

    @Test
    void anArchiveWithAWrongCommentLengthIsRefused() throws IOException {
        Path file = MiniNpz.write(Scenes.random(5, 4, 3), folder);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 2] = 45;
        Files.write(file, bytes);
        assertThatThrownBy(() -> NpzCameras.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " is truncated or damaged");
    }

    @Test
    void camerasAreReadBack() throws IOException {
        Scene scene = Scenes.random(7, 5, 3);
        NpzCameras read = NpzCameras.read(MiniNpz.write(scene, folder));
        assertThat(read.width()).isEqualTo(7);
        assertThat(read.height()).isEqualTo(5);
        assertThat(read.cameras()).hasSize(2);
        for (int i = 0; i < 2; i++) {
            Camera camera = scene.view(i).camera().orElseThrow();
            assertThat(read.cameras().get(i).intrinsics()).isEqualTo(camera.intrinsics());
            assertThat(read.cameras().get(i).pose().toMatrix3x4())
                    .containsExactly(camera.pose().toMatrix3x4(), within(1e-6));
        }
    }

    @Test
    void archivesWithoutCamerasAreRefused() throws IOException {
        Path file = folder.resolve("a.npz");
        Npy depth = Npy.floats(new float[2], 1, 1, 2);
        NpzTest.write(file, Map.of("depth", depth));
        assertThatThrownBy(() -> NpzCameras.read(file)).hasMessageContaining("no array 'extrinsics'");
        NpzTest.write(file, Map.of("depth", depth, "extrinsics", Npy.floats(new float[9], 1, 3, 3)));
        assertThatThrownBy(() -> NpzCameras.read(file))
                .hasMessage(file + ": shape of extrinsics must be [1, 3, 4], got [1, 3, 3]");
        NpzTest.write(file, Map.of("depth", Npy.bytes(new byte[2], 1, 1, 2)));
        assertThatThrownBy(() -> NpzCameras.read(file))
                .hasMessageStartingWith(file + ": header of depth must be float32, row-major, with 3 axes below 2^31")
                .hasMessageContaining("|u1");
        Files.write(file, new byte[100]);
        assertThatThrownBy(() -> NpzCameras.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a NumPy archive");
    }

    @Test
    void noMoreIsDecompressedThanTheShapeStates() throws IOException {
        Path file = folder.resolve("large.npz");
        writeEntries(file, "(1, 1, 2)", "(1, 3, 4)", 64 << 20);
        long before = ThreadMemory.allocatedBytes();
        assertThatThrownBy(() -> NpzCameras.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": data of extrinsics must be 48 bytes for its shape [1, 3, 4], got more");
        assertThat(ThreadMemory.allocatedBytes() - before).isLessThan(8 << 20);
        writeEntries(file, "(1, 1, 2)", "(99999, 99999, 99999)", 64);
        assertThatThrownBy(() -> NpzCameras.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(file.toString(), "must be at most 16777216 values");
    }

    @Test
    void anAxisBeyondTheRangeOfIntIsRefused() throws IOException {
        Path file = folder.resolve("axis.npz");
        writeEntries(file, "(99999999999, 1, 2)", "(1, 3, 4)", 48);
        assertThatThrownBy(() -> NpzCameras.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(file.toString(), "99999999999", "axes below 2^31");
    }

    private static void writeEntries(Path file, String depth, String extrinsics, int bytes) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String[] entry : new String[][] {{"depth", depth}, {"extrinsics", extrinsics}}) {
                String header = "{'descr': '<f4', 'fortran_order': False, 'shape': " + entry[1] + ", }\n";
                zip.putNextEntry(new ZipEntry(entry[0] + ".npy"));
                zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
                zip.write(header.getBytes(StandardCharsets.US_ASCII));
                zip.write(new byte[bytes]);
            }
        }
    }
}
