package da3.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.nn.WeightsException;
import da3.weights.safetensors.SafetensorsWriter;
import da3.weights.safetensors.SafetensorsWriter.Entry;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {

    private static final String NORM = "model.head.scratch.output_conv2_aux.%d.2.weight";

    @TempDir
    Path dir;

    @Test
    void findsASharedNormAsLevelZero() throws IOException {
        try (Checkpoint checkpoint = write(Map.of(NORM.formatted(0), Entry.floats(new float[] {1, 2}, 2)), Map.of())) {
            assertThat(read(checkpoint, NORM.formatted(3), 2)).containsExactly(1, 2);
            assertThat(checkpoint.has(NORM.formatted(3))).isTrue();
            assertThat(checkpoint.has(NORM.formatted(4))).isFalse();
            assertThat(checkpoint.has("model.head.scratch.output_conv2_aux.3.0.weight"))
                    .isFalse();
        }
    }

    @Test
    void aTensorTakesPrecedenceOverASharedOne() throws IOException {
        Map<String, Entry> both = Map.of(
                NORM.formatted(0), Entry.floats(new float[] {1}, 1),
                NORM.formatted(3), Entry.floats(new float[] {2}, 1));
        try (Checkpoint checkpoint = write(both, Map.of(NORM.formatted(3), NORM.formatted(0)))) {
            assertThat(read(checkpoint, NORM.formatted(3), 1)).containsExactly(2);
        }
    }

    @Test
    void metadataContainsAliases() throws IOException {
        Map<String, String> metadata = Map.of("alias", "own", "dangling", "nowhere");
        try (Checkpoint checkpoint = write(Map.of("own", Entry.doubles(new double[] {0.1}, 1)), metadata)) {
            assertThat(read(checkpoint, "alias", 1)).containsExactly(0.1f);
            assertThat(checkpoint.has("dangling")).isFalse();
        }
    }

    @Test
    void theHashDependsOnlyOnTheBytes() throws IOException, NoSuchAlgorithmException {
        write(Map.of("w", Entry.floats(new float[6], 2, 3)), Map.of()).close();
        byte[] bytes = Files.readAllBytes(dir.resolve("t.safetensors"));
        Path blob = Files.createDirectory(dir.resolve("blobs")).resolve("0".repeat(64));
        Files.write(blob, bytes);
        byte[] expected = MessageDigest.getInstance("SHA-256").digest(bytes);
        try (Checkpoint checkpoint = Checkpoint.open(blob)) {
            assertThat(checkpoint.hash()).contains(HexFormat.of().formatHex(expected));
        }
    }

    @Test
    void errorsNameTensorFileAndShapes() throws IOException {
        Map<String, Entry> tensors = Map.of("w", Entry.floats(new float[6], 2, 3), "n", Entry.longs(new long[1], 1));
        try (Checkpoint checkpoint = write(tensors, Map.of())) {
            assertThatThrownBy(() -> read(checkpoint, "w", 3, 2))
                    .isInstanceOf(WeightsException.class)
                    .hasMessageContainingAll("tensor w", "t.safetensors", "must be [3, 2], got [2, 3]");
            assertThatThrownBy(() -> read(checkpoint, "absent", 7))
                    .isInstanceOf(WeightsException.class)
                    .hasMessageContainingAll("no tensor absent", "t.safetensors", "[7]");
            assertThatThrownBy(() -> read(checkpoint, "n", 1))
                    .isInstanceOf(WeightsException.class)
                    .hasMessageContaining("I64");
        }
    }

    private Checkpoint write(Map<String, Entry> tensors, Map<String, String> metadata) throws IOException {
        Path file = dir.resolve("t.safetensors");
        SafetensorsWriter.write(file, tensors, metadata);
        return Checkpoint.open(file);
    }

    private static float[] read(Checkpoint checkpoint, String name, int... shape) {
        int elements = 1;
        for (int length : shape) {
            elements *= length;
        }
        FloatBuffer into = FloatBuffer.allocate(elements);
        checkpoint.read(name, shape, into);
        return into.array();
    }
}
