package da3.weights.config;

import da3.io.FuzzedReader;
import da3.nn.Preset;
import da3.nn.WeightsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Corrupt configurations are either read or rejected. */
class ReaderFuzzTest {

    private static final long MAX_BYTES = 1 << 20;

    @TempDir
    private static Path folder;

    @ParameterizedTest
    @MethodSource({"published", "complete"})
    void readsOrRejectsCorruptConfigurations(FuzzedReader reader) throws Exception {
        reader.fuzz();
    }

    static Stream<FuzzedReader> published() {
        Path file = folder.resolve("config.json");
        return Stream.of(Preset.DA3_SMALL, Preset.DA3_GIANT, Preset.DA3METRIC_LARGE, Preset.DA3NESTED_GIANT_LARGE)
                .map(preset -> new FuzzedReader(
                        preset.id(),
                        resource(preset.id()),
                        List.of(WeightsException.class, IOException.class),
                        bytes -> HubConfig.read(Files.write(file, bytes))));
    }

    static Stream<FuzzedReader> complete() {
        Path file = folder.resolve("complete.json");
        return Stream.of(new FuzzedReader(
                "complete",
                resource("complete-nested"),
                List.of(IllegalArgumentException.class, WeightsException.class, IOException.class),
                bytes -> ModelConfigJson.read(LimitedJson.read(Files.write(file, bytes), MAX_BYTES))));
    }

    private static byte[] resource(String name) {
        String path = "/da3/weights/config/" + name + ".json";
        try (InputStream in = ReaderFuzzTest.class.getResourceAsStream(path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
