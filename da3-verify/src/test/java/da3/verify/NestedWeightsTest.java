package da3.verify;

import static org.assertj.core.api.Assertions.assertThat;

import da3.core.EngineOptions;
import da3.nn.ModelConfig;
import da3.nn.WeightSource;
import da3.weights.Checkpoint;
import da3.weights.NestedWeights;
import da3.weights.config.Manifest;
import da3.weights.config.ModelConfigJson;
import da3.weights.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that an any-view and a metric checkpoint predict together what the nested checkpoint does. */
class NestedWeightsTest {

    @TempDir
    private Path folder;

    @Test
    void aNestedGoldenCaseSplitIntoTwoCheckpointsComputesTheSameValues() throws IOException {
        EngineOptions options = EngineOptions.defaults().withThreads(1);
        try (GoldenCase golden = GoldenCase.open(GoldenFixtures.folder().resolve("cases/tiny-nested-s2"))) {
            ModelConfig nested = ModelConfigJson.read(golden.model().path("config"));
            ModelConfig anyView = new ModelConfig(nested.main(), Optional.empty());
            ModelConfig metric = new ModelConfig(nested.metric().orElseThrow(), Optional.empty());
            Path file = golden.folder()
                    .resolve(golden.model().path("weights").asText())
                    .normalize();
            Map<String, GoldenTensor> together = ForwardCase.compute(golden, options);
            try (WeightSource parts = new NestedWeights(
                    nested,
                    anyView.mainPath(),
                    Checkpoint.open(part(file, nested.mainPath(), anyView)),
                    Checkpoint.open(part(file, nested.metricPath(), metric)))) {
                Map<String, GoldenTensor> split = ForwardCase.compute(golden, parts, options);
                assertThat(split.keySet()).isEqualTo(together.keySet()).contains("out.depth", "out.scale_factor");
                for (Map.Entry<String, GoldenTensor> tensor : split.entrySet()) {
                    if (!tensor.getKey().equals("out.ref_view_index")) {
                        assertThat(tensor.getValue().floats())
                                .as(tensor.getKey())
                                .isEqualTo(together.get(tensor.getKey()).floats());
                    }
                }
            }
        }
    }

    /** Writes one network of a nested checkpoint as a checkpoint of its own. */
    private Path part(Path nested, String path, ModelConfig config) throws IOException {
        Path file = folder.resolve(path + ".safetensors");
        Map<String, SafetensorsWriter.Entry> tensors = new LinkedHashMap<>();
        try (WeightSource weights = Checkpoint.open(nested)) {
            Manifest.of(config).required().forEach((name, shape) -> {
                int elements = Arrays.stream(shape).reduce(1, Math::multiplyExact);
                float[] values = new float[elements];
                weights.read(path + name.substring(config.mainPath().length()), shape, FloatBuffer.wrap(values));
                tensors.put(
                        name,
                        SafetensorsWriter.Entry.floats(
                                values, Arrays.stream(shape).asLongStream().toArray()));
            });
        }
        SafetensorsWriter.write(file, tensors, Map.of());
        return file;
    }
}
