package da3.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyArrayTest {

    @TempDir
    private Path folder;

    @Test
    void filesAreReadWithTheirShape() throws IOException {
        Path file = folder.resolve("array.npy");
        try (OutputStream out = Files.newOutputStream(file)) {
            Npy.floats(new float[] {1, 2, 3, 4, 5, 6}, 2, 3).writeTo(out);
        }
        NpyArray array = NpyArray.read(file);
        assertThat(array.shape()).containsExactly(2, 3);
        assertThat(array.count()).isEqualTo(6);
        assertThat(array.floats(2, 3)).containsExactly(3, 4, 5);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 140));
        assertThatIOException()
                .isThrownBy(() -> NpyArray.read(file))
                .withMessageStartingWith(file.toString())
                .withMessageContaining("ends");
    }
}
