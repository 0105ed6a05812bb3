package da3.weights.safetensors;

import da3.io.FuzzedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Corrupt checkpoints are either read or rejected. */
class ReaderFuzzTest {

    @TempDir
    private static Path folder;

    @ParameterizedTest
    @MethodSource("checkpoints")
    void readsOrRejectsCorruptCheckpoints(FuzzedReader reader) throws Exception {
        reader.fuzz();
    }

    static Stream<FuzzedReader> checkpoints() throws IOException {
        Path file = folder.resolve("model.safetensors");
        return Stream.of(new FuzzedReader("safetensors", sample(), List.of(IOException.class), bytes -> {
            Files.write(file, bytes);
            try (SafetensorsFile checkpoint = SafetensorsFile.open(file)) {
                for (String name : checkpoint.tensors().keySet()) {
                    checkpoint.readDoubles(name);
                }
            }
        }));
    }

    private static byte[] sample() throws IOException {
        Map<String, SafetensorsWriter.Entry> tensors = new LinkedHashMap<>();
        tensors.put("norm.weight", SafetensorsWriter.Entry.floats(new float[] {1, 2, 3}, 3));
        tensors.put("norm.bias", SafetensorsWriter.Entry.floats(new float[6], 2, 3));
        Path file = folder.resolve("sound.safetensors");
        SafetensorsWriter.write(file, tensors, Map.of("format", "pt"));
        return Files.readAllBytes(file);
    }
}
