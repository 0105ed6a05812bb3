package da3.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import da3.geometry.PointCloud;
import da3.geometry.TriangleMesh;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PlyReaderTest {

    private static final String POINTS = "property float x\nproperty float y\nproperty float z\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(PlyFormat.class)
    void whatIsWrittenIsReadBack(PlyFormat format) throws IOException {
        float[] positions = {0, 0.25f, -1, 2, 3, 4, 1e-7f, 5, 6};
        byte[] colors = {1, 2, 3, 4, 5, 6, (byte) 200, 8, 9};
        Path cloud = folder.resolve("cloud.ply");
        Ply.write(new PointCloud(positions, colors), cloud, format);
        assertThat(PlyReader.read(cloud).positions()).isEqualTo(positions);
        assertThat(PlyReader.read(cloud).colors()).isEqualTo(colors);
        assertThat(PlyReader.read(cloud)).hasToString("PlySurface[3 vertices, 0 triangles]");

        Path mesh = folder.resolve("mesh.ply");
        Ply.write(new TriangleMesh(positions, new float[9], colors, new int[] {2, 0, 1}), mesh, format);
        assertThat(PlyReader.read(mesh).positions()).isEqualTo(positions);
        assertThat(PlyReader.read(mesh).triangles()).containsExactly(2, 0, 1);
    }

    @Test
    void polygonsBecomeTrianglesAndTheRestIsSkipped() throws IOException {
        Path file = write("ply\nformat ascii 1.0\ncomment any\nelement camera 1\nproperty list uchar int sizes\n"
                + "element vertex 4\nproperty double z\nproperty float quality\nproperty double x\nproperty double y\n"
                + "element face 2\nproperty uchar flags\nproperty list uchar uint vertex_index\nend_header\n"
                + "2 640 480\n3 9 1 2\n6 9 4 5\n9 9 7 8\n12 9 10 11\n7 4 0 1 2 3\n7 2 0 1\n");
        PlySurface surface = PlyReader.read(file);
        assertThat(surface.positions()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        assertThat(surface.triangles()).containsExactly(0, 1, 2, 0, 2, 3);
        assertThat(surface.colors()).containsOnly(0);
    }

    @Test
    void bigEndianNumbersOfAnyTypeAreRead() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(200);
        bytes.put(("ply\nformat binary_big_endian 1.0\nelement vertex 1\nproperty double x\nproperty short y\n"
                        + "property uint z\nproperty uchar red\nend_header\n")
                .getBytes(StandardCharsets.US_ASCII));
        bytes.putDouble(0.5).putShort((short) -2).putInt(-1).put((byte) 255);
        Path file = folder.resolve("big.ply");
        Files.write(file, Arrays.copyOf(bytes.array(), bytes.position()));
        assertThat(PlyReader.read(file).positions()).containsExactly(0.5f, -2, 4294967295f);
        assertThat(PlyReader.read(file).colors()[0]).isEqualTo((byte) 255);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "obj | does not begin with 'ply'",
                "ply\\nformat ascii 2\\n | its header has no end",
                "ply\\nformat utf8 1.0\\n | expected format ascii, binary_little_endian or binary_big_endian 1.0",
                "ply\\nproperty float x\\n | before any element",
                "ply\\nelement vertex -1\\n | a count up to 999999999",
                "ply\\nelement vertex 1\\nproperty real x\\n | has the unknown type real",
                "ply\\nelement face 0\\nend_header\\n | has no element 'vertex'",
                "ply\\nelement vertex 0\\nproperty float x\\nend_header\\n | has no property 'y' of vertices",
                "ply\\nelement vertex 9999\\nPend_header\\n1 2 3\\n | need at least 59994",
                "ply\\nelement vertex 2\\nPend_header\\n1 2 3\\n4 5\\n | ends within row 1 of the 2 of 'vertex'",
                "ply\\nelement vertex 1\\nPend_header\\n1 2 three\\n | has no number in row 0 of 'vertex'",
                "ply\\nelement vertex 1\\nPelement face 1\\nproperty list int int vertex_index\\nend_header\\n0 0 0 3 0 0 1\\n"
                        + "| vertex must be from 0 to 0, got 1",
            })
    void damagedFilesAreNamed(String content, String message) throws IOException {
        Path file = write(content.replace("P", POINTS).replace("\\n", "\n") + (content.equals("obj") ? "\n" : ""));
        assertThatIOException()
                .isThrownBy(() -> PlyReader.read(file))
                .withMessageStartingWith(file.toString())
                .withMessageContaining(message);
    }

    private Path write(String content) throws IOException {
        return Files.writeString(folder.resolve("file.ply"), content);
    }
}
