package da3.weights;

import com.fasterxml.jackson.databind.json.JsonMapper;
import da3.nn.ModelConfig;
import da3.nn.Preset;
import da3.nn.WeightSource;
import da3.nn.WeightsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The description of the model in a converted checkpoint, without which other settings with the same tensor shapes
 * could be loaded.
 *
 * @param json contents of config.json, which only folders have
 * @param modelName model name in the metadata of the tensor files
 */
record ConfigFile(Optional<byte[]> json, Optional<String> modelName) {

    static final String MODEL_NAME = "model_name";

    /**
     * Returns the config.json of a checkpoint unchanged, or one with the name of the preset.
     *
     * @throws IllegalArgumentException if the preset has another configuration
     * @throws WeightsException if the target cannot represent this configuration
     */
    static ConfigFile of(WeightSource source, ModelConfig config, Optional<Preset> preset, ConversionTarget target)
            throws IOException {
        if (preset.isPresent() && !preset.get().config().equals(config)) {
            throw new IllegalArgumentException("the configuration differs from that of the preset "
                    + preset.get().id() + ": pass the matching preset or none");
        }
        Optional<Preset> known = preset.or(() -> Arrays.stream(Preset.values())
                .filter(candidate -> candidate.config().equals(config))
                .findFirst());
        Optional<Path> ownConfig =
                source instanceof Checkpoint checkpoint && checkpoint.config().equals(config)
                        ? checkpoint.configFile()
                        : Optional.empty();
        if (known.isEmpty() && (ownConfig.isEmpty() || target.isFile())) {
            throw new WeightsException(target.named() + " would lose the configuration of " + source.description()
                    + ", which matches no preset: "
                    + (ownConfig.isPresent()
                            ? "convert to a folder, which can have a config.json"
                            : "the source must be a checkpoint with a config.json"));
        }
        if (ownConfig.isPresent()) {
            return new ConfigFile(Optional.of(Files.readAllBytes(ownConfig.get())), known.map(Preset::id));
        }
        return named(known.orElseThrow());
    }

    static ConfigFile named(Preset preset) throws IOException {
        String json =
                new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(Map.of(MODEL_NAME, preset.id()));
        return new ConfigFile(Optional.of((json + "\n").getBytes(StandardCharsets.UTF_8)), Optional.of(preset.id()));
    }
}
