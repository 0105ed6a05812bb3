package da3.io;

import static org.assertj.core.api.Assertions.assertThat;

import da3.geometry.TriangleMesh;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlyMeshWriterTest {

    @TempDir
    private Path folder;

    @Test
    void partsBecomeOneMesh() throws IOException {
        Path file = folder.resolve("mesh.ply");
        try (PlyMeshWriter writer = PlyMeshWriter.create(file)) {
            for (int i = 0; i < 12; i++) {
                writer.write(triangle(i));
            }
            writer.commit();
        }
        PlySurface read = PlyReader.read(file);
        assertThat(read.vertexCount()).isEqualTo(36);
        assertThat(read.positions()).startsWith(0, 1, 2).endsWith(17, 18, 19);
        assertThat(read.colors()).startsWith(0, 1, 2).endsWith(17, 18, 19);
        assertThat(read.triangles()).startsWith(0, 2, 1, 3, 5, 4).endsWith(33, 35, 34);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    /** Except for the comment, the file of one part is that of {@link Ply}. */
    @Test
    void onePartIsTheSameAsAWholeMesh() throws IOException {
        Path file = folder.resolve("mesh.ply");
        try (PlyMeshWriter writer = PlyMeshWriter.create(file)) {
            writer.write(triangle(3));
            writer.commit();
        }
        Path whole = folder.resolve("whole.ply");
        Ply.write(triangle(3), whole, PlyFormat.BINARY_LITTLE_ENDIAN);
        String text = Files.readString(file, StandardCharsets.ISO_8859_1).replaceFirst(" -+\n", "\n");
        assertThat(text).isEqualTo(Files.readString(whole, StandardCharsets.ISO_8859_1));
    }

    @Test
    void nothingIsLeftWithoutCommit() throws IOException {
        try (PlyMeshWriter writer = PlyMeshWriter.create(folder.resolve("mesh.ply"))) {
            writer.write(triangle(0));
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    private static TriangleMesh triangle(int first) {
        float[] values = new float[9];
        byte[] colors = new byte[9];
        for (int i = 0; i < values.length; i++) {
            values[i] = first + i;
            colors[i] = (byte) (first + i);
        }
        return new TriangleMesh(values, values.clone(), colors, new int[] {0, 2, 1});
    }
}
