package da3.io;

import static org.assertj.core.api.Assertions.assertThat;

import da3.geometry.PointCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlyPointWriterTest {

    @TempDir
    private Path folder;

    @Test
    void partsBecomeOneCloud() throws IOException {
        Path file = folder.resolve("points.ply");
        try (PlyPointWriter writer = PlyPointWriter.create(file)) {
            writer.write(cloud(1));
            for (int i = 0; i < 5; i++) {
                writer.write(cloud(2 + i));
            }
            writer.commit();
        }
        PlySurface read = PlyReader.read(file);
        assertThat(read.vertexCount()).isEqualTo(1 + 2 + 3 + 4 + 5 + 6);
        assertThat(read.positions()).startsWith(0, 1, 2, 0, 1, 2, 3, 4, 5).endsWith(15, 16, 17);
        assertThat(read.colors()).startsWith(0, 1, 2).endsWith(15, 16, 17);
    }

    @Test
    void nothingIsLeftWithoutCommit() throws IOException {
        try (PlyPointWriter writer = PlyPointWriter.create(folder.resolve("points.ply"))) {
            writer.write(cloud(3));
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    private static PointCloud cloud(int points) {
        float[] positions = new float[3 * points];
        byte[] colors = new byte[3 * points];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = i;
            colors[i] = (byte) i;
        }
        return new PointCloud(positions, colors);
    }
}
