package da3.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.Scene;
import da3.geometry.View;
import da3.io.internal.Rounding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SceneNpzTest {

    @TempDir
    private Path dir;

    @Test
    void anArchiveWithAWrongCommentLengthIsRefused() throws IOException {
        Path file = Npz.write(Scenes.random(5, 4, 3), dir);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 2] = 45;
        Files.write(file, bytes);
        assertThatThrownBy(() -> SceneNpz.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " is truncated or damaged");
    }

    @Test
    void scenesAreReadBack() throws IOException {
        Scene written = Scenes.random(5, 4, 3);
        Scene read = SceneNpz.read(Npz.write(written, dir));
        assertThat(read.views()).hasSize(2);
        for (int v = 0; v < 2; v++) {
            View was = written.view(v);
            View is = read.view(v);
            assertThat(is.image().rgb()).isEqualTo(was.image().rgb());
            assertThat(is.depth().values())
                    .isEqualTo(Rounding.toDigits(was.depth().values(), 6));
            assertThat(is.confidence().orElseThrow().values())
                    .isEqualTo(Rounding.toDigits(was.confidence().orElseThrow().values(), 2));
            assertThat(floats(is.camera().orElseThrow().pose().toMatrix3x4()))
                    .isEqualTo(floats(was.camera().orElseThrow().pose().toMatrix3x4()));
            assertThat(is.camera().orElseThrow().intrinsics())
                    .isEqualTo(was.camera().orElseThrow().intrinsics());
        }
    }

    @Test
    void viewsAreCounted() throws IOException {
        assertThat(SceneNpz.views(Npz.write(Scenes.random(5, 4, 3), dir))).isEqualTo(2);
        Path text = Files.writeString(dir.resolve("text.npz"), "text");
        assertThatThrownBy(() -> SceneNpz.views(text))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(text + " is not a NumPy archive: ");
        Path empty = dir.resolve("empty.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(empty))) {
            zip.putNextEntry(new ZipEntry("conf.npy"));
        }
        assertThatThrownBy(() -> SceneNpz.views(empty))
                .isInstanceOf(IOException.class)
                .hasMessage(empty + " must have an array 'depth' of (views, height, width)");
    }

    @Test
    void missingArraysAreEmpty() throws IOException {
        Scene read = SceneNpz.read(MiniNpz.write(Scenes.of(true, Scenes.plain(2, 1, 3, 4)), dir));
        assertThat(read.view(0).depth().values()).containsExactly(3, 4);
        assertThat(read.view(0).camera()).isEmpty();
        assertThat(read.view(0).confidence()).isEmpty();
        assertThat(read.metric()).isFalse();
        assertThat(read.view(0).image().rgb()).containsOnly((byte) 160);
    }

    @Test
    void otherShapesAreRefused() throws IOException {
        Path file = dir.resolve("a.npz");
        NpzTest.write(file, Map.of("conf", Npy.floats(new float[1], 1, 1, 1)));
        refuses(file, "has no array 'depth'");
        NpzTest.write(file, Map.of("depth", Npy.floats(new float[4], 2, 2)));
        refuses(file, "shape of depth must be (views, height, width), got [2, 2]");
        NpzTest.write(file, Map.of("depth", Npy.floats(new float[4], 1, 2, 2), "conf", Npy.floats(new float[1], 1)));
        refuses(file, "shape of conf must be [1, 2, 2], got [1]");
        NpzTest.write(
                file,
                Map.of("depth", Npy.floats(new float[4], 1, 2, 2), "extrinsics", Npy.floats(new float[9], 1, 3, 3)));
        refuses(file, "shape of extrinsics must be [1, 3, 4], got [1, 3, 3]");
    }

    /** Memory is allocated only for bytes that exist, whatever the header states. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "<f4; (1, 2, 2); False; depth of shape [1, 2, 2] ends after 0 of 16 bytes",
                "<f4; (70000, 70000, 70000); False; depth must be less than 2 GiB",
                "<f4; (99999999999, 1, 1); False; depth must be axes below 2^31, got (99999999999, 1, 1)",
                "<f4; (1, 2, 2); True; depth must be descr, shape and fortran_order False",
                "<i8; (1, 1, 1); False; depth must be <f4, <f8, |u1 or |b1, got <i8"
            })
    void invalidArraysAreRefused(String dtype, String shape, String fortran, String message) throws IOException {
        String header = "{'descr': '" + dtype + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }\n";
        Path file = zipped(("\u0093NUMPY\1\0" + (char) header.length() + "\0" + header).getBytes("ISO-8859-1"));
        refuses(file, message);
    }

    @Test
    void filesThatAreNotArchivesAreRefused() throws IOException {
        refuses(zipped(new byte[] {1, 2, 3}), "must be a NumPy array in .npy format, version 1 to 3");
        Path text = Files.writeString(dir.resolve("text.npz"), "not an archive");
        refuses(text, "text.npz is not a NumPy archive");
        byte[] whole = Files.readAllBytes(MiniNpz.write(Scenes.random(9, 9, 1), dir));
        Path half = Files.write(dir.resolve("half.npz"), Arrays.copyOf(whole, whole.length / 2));
        refuses(half, "half.npz is not a NumPy archive");
        refuses(dir.resolve("nowhere.npz"), "nowhere.npz does not exist");
    }

    private Path zipped(byte[] array) throws IOException {
        Path file = dir.resolve("broken.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("depth.npy"));
            zip.write(array);
        }
        return file;
    }

    private static void refuses(Path file, String message) {
        assertThatThrownBy(() -> SceneNpz.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
