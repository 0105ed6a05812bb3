package da3.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.PointCloud;
import da3.geometry.TriangleMesh;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlyTest {

    private static final TriangleMesh MESH = new TriangleMesh(
            new float[] {0, 0, 1.5f, 1, 0, 0, 0, -1, 1e-7f},
            new float[] {0, 0, 1, 0, 1, 0, 1, 0, 0},
            new byte[] {0, 1, 2, -1, -2, -3, 127, -128, 5},
            new int[] {0, 2, 1});

    @TempDir
    private Path dir;

    @Test
    void meshesAreWrittenAsText() throws IOException {
        Path file = dir.resolve("mesh.ply");
        Ply.write(MESH, file, PlyFormat.ASCII);
        assertThat(Files.readString(file))
                .isEqualTo(
                        """
                        ply
                        format ascii 1.0
                        comment written by da3-io
                        element vertex 3
                        property float x
                        property float y
                        property float z
                        property float nx
                        property float ny
                        property float nz
                        property uchar red
                        property uchar green
                        property uchar blue
                        element face 1
                        property list uchar int vertex_indices
                        end_header
                        0.0 0.0 1.5 0.0 0.0 1.0 0 1 2
                        1.0 0.0 0.0 0.0 1.0 0.0 255 254 253
                        0.0 -1.0 1.0E-7 1.0 0.0 0.0 127 128 5
                        3 0 2 1
                        """);
    }

    @Test
    void meshesAreWrittenAsBinary() throws IOException {
        Path file = dir.resolve("mesh.ply");
        Ply.write(MESH, file, PlyFormat.BINARY_LITTLE_ENDIAN);
        ByteBuffer body = body(file, "format binary_little_endian 1.0");
        assertThat(body.remaining()).isEqualTo(3 * 27 + 13);
        assertThat(body.getFloat(body.position() + 8)).isEqualTo(1.5f);
        assertThat(body.get(body.position() + 27 + 24)).isEqualTo((byte) 255);
        int face = body.position() + 3 * 27;
        assertThat(body.get(face)).isEqualTo((byte) 3);
        assertThat(body.getInt(face + 5)).isEqualTo(2);
    }

    @Test
    void cloudsHaveOnlyThePropertiesThatExist() throws IOException {
        PointCloud cloud = new PointCloud(
                new float[] {1, 2, 3},
                new byte[] {9, 8, 7},
                Optional.of(new float[] {0, 0, -1}),
                Optional.of(new float[] {1.25f}));
        Path file = dir.resolve("points.ply");
        Ply.write(cloud, file, PlyFormat.ASCII);
        assertThat(Files.readString(file))
                .contains("element vertex 1\n", "property float nx\n", "property float confidence\nend_header\n")
                .endsWith("\n1.0 2.0 3.0 0.0 0.0 -1.0 9 8 7 1.25\n")
                .doesNotContain("face");
        Ply.write(new PointCloud(cloud.positions(), cloud.colors()), file, PlyFormat.BINARY_LITTLE_ENDIAN);
        assertThat(body(file, "element vertex 1\n").remaining()).isEqualTo(15);
        Ply.write(new PointCloud(new float[0], new byte[0]), file, PlyFormat.ASCII);
        assertThat(Files.readString(file)).contains("element vertex 0\n").endsWith("end_header\n");
    }

    @Test
    void aFailureKeepsExistingFiles() throws IOException {
        Path file = Files.createDirectories(dir.resolve("taken"));
        Files.writeString(file.resolve("mine.txt"), "mine");
        assertThatThrownBy(() -> Ply.write(MESH, file, PlyFormat.ASCII))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be written");
        assertThat(file.resolve("mine.txt")).hasContent("mine");
    }

    private static ByteBuffer body(Path file, String inHeader) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("end_header\n") + "end_header\n".length();
        assertThat(text.substring(0, end)).startsWith("ply\n").contains(inHeader);
        return ByteBuffer.wrap(Arrays.copyOfRange(bytes, end, bytes.length)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
