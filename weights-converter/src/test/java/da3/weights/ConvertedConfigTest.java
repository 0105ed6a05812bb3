package da3.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.nn.ModelConfig;
import da3.nn.Preset;
import da3.nn.Progress;
import da3.nn.WeightsException;
import da3.weights.config.PublishedManifests;
import da3.weights.safetensors.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A conversion preserves the configuration of the model. */
class ConvertedConfigTest {

    private static final ConversionOptions HALF = ConversionOptions.defaults().withPrecision(DType.F16);

    @TempDir
    Path dir;

    @Test
    void copiesACustomConfiguration() throws IOException {
        Path custom = custom();
        byte[] json = Files.readAllBytes(custom.resolve("config.json"));
        ModelConfig config = convert(custom, dir.resolve("copy"), HALF);
        assertThat(config.main().backbone().ropeStart()).isEqualTo(8);
        assertThat(config.main().backbone().outLayers()).containsExactly(2, 5, 8, 11);
        convert(custom, custom, HALF.withOverwrite(true).withMaxShardBytes(30_000_000));
        for (Path converted : List.of(dir.resolve("copy"), custom)) {
            assertThat(converted.resolve("config.json")).hasBinaryContent(json);
            try (Checkpoint checkpoint = Checkpoint.open(converted)) {
                assertThat(checkpoint.config()).isEqualTo(config);
                assertThat(checkpoint.preset()).isEmpty();
            }
        }
    }

    @Test
    void rejectsAConfigurationThatWouldBeLost() throws IOException {
        Path custom = custom();
        Path file = dir.resolve("new/m.safetensors");
        assertThatThrownBy(() -> convert(custom, file, HALF))
                .isInstanceOf(WeightsException.class)
                .hasMessageContainingAll(
                        file.toString(), custom.toString(), "matches no preset", "convert to a folder");
        Path folder = dir.resolve("new");
        assertThatThrownBy(() -> Conversion.write(
                        new SeededWeights(), SmallModels.nested(), Optional.empty(), folder, HALF, Progress.SILENT))
                .isInstanceOf(WeightsException.class)
                .hasMessageContainingAll(
                        folder.toString(), "matches no preset", "the source must be a checkpoint with a config.json");
        assertThatThrownBy(() -> Conversion.write(
                        new SeededWeights(),
                        SmallModels.nested(),
                        Optional.of(Preset.DA3_BASE),
                        folder,
                        HALF,
                        Progress.SILENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("differs from that of the preset da3-base");
        assertThat(folder).doesNotExist();
    }

    @Test
    void metadataDistinguishesMetricFromMono() throws IOException {
        Map<String, long[]> shapes = PublishedManifests.shapes(Preset.DA3METRIC_LARGE);
        String metadata = "{\"format\":\"pt\",\"model_name\":\"da3metric-large\"}";
        Path file = SparseFiles.write(dir.resolve("m.safetensors"), DType.F16, shapes, metadata);
        assertPreset(file, Optional.empty(), Preset.DA3METRIC_LARGE);
        assertPreset(file, Optional.of("DA3MONO-LARGE"), Preset.DA3METRIC_LARGE);
    }

    @Test
    void aHintDistinguishesMetricFromMono() throws IOException {
        Path file = SparseFiles.write(
                dir.resolve("model.safetensors"), DType.F16, PublishedManifests.shapes(Preset.DA3METRIC_LARGE));
        assertPreset(file, Optional.empty(), Preset.DA3MONO_LARGE);
        assertPreset(file, Optional.of("DA3METRIC-LARGE"), Preset.DA3METRIC_LARGE);
        Files.writeString(dir.resolve("config.json"), "{\"model_name\": \"da3mono-large\"}");
        assertPreset(file, Optional.of("DA3METRIC-LARGE"), Preset.DA3MONO_LARGE);
    }

    private static void assertPreset(Path path, Optional<String> hint, Preset preset) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(path, hint)) {
            assertThat(checkpoint.preset()).contains(preset);
            assertThat(checkpoint.config()).isEqualTo(preset.config());
        }
    }

    /** Writes the smallest model with other layers, whose tensors have the same shapes. */
    private Path custom() throws IOException {
        Path folder = Files.createDirectory(dir.resolve("custom"));
        SparseFiles.write(folder.resolve("model.safetensors"), DType.F16, PublishedManifests.shapes(Preset.DA3_SMALL));
        ObjectNode json = (ObjectNode) new JsonMapper()
                .readTree(ConvertedConfigTest.class.getResourceAsStream("/da3/weights/config/da3-small.json"));
        ObjectNode net = (ObjectNode) json.at("/config/net");
        net.put("rope_start", 8);
        net.putArray("out_layers").add(2).add(5).add(8).add(11);
        Files.writeString(folder.resolve("config.json"), json.toString());
        return folder;
    }

    private static ModelConfig convert(Path from, Path to, ConversionOptions options) throws IOException {
        try (Checkpoint source = Checkpoint.open(from)) {
            Conversion.write(source, source.config(), source.preset(), to, options, Progress.SILENT);
            return source.config();
        }
    }
}
