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
 * What a converted checkpoint says of its model beside the tensors, without which other settings of the same shapes
 * would be loaded.
 *
 * @param json of config.json, which only a folder has
 * @param modelName for the files' metadata, where it tells what config.json may not or is not there to tell
 */
record ConfigFile(Optional<byte[]> json, Optional<String> modelName) {

    static final String MODEL_NAME = "model_name";

    /**
     * A checkpoint's own config.json as it is, otherwise the name of the preset.
     *
     * @throws IllegalArgumentException if the preset is another model's
     * @throws WeightsException if nothing written to the target would bring this configuration back
     */
    static ConfigFile of(WeightSource source, ModelConfig config, Optional<Preset> preset, ConversionTarget target)
            throws IOException {
        if (preset.isPresent() && !preset.get().config().equals(config)) {
            throw new IllegalArgumentException("the configuration is not that of the preset "
                    + preset.get().id() + "; legal: its own, or no preset");
        }
        Optional<Preset> known = preset.or(() -> Arrays.stream(Preset.values())
                .filter(one -> one.config().equals(config))
                .findFirst());
        Optional<Path> own =
                source instanceof Checkpoint checkpoint && checkpoint.config().equals(config)
                        ? checkpoint.configFile()
                        : Optional.empty();
        if (known.isEmpty() && (own.isEmpty() || target.isFile())) {
            throw new WeightsException(target.named() + " would lose the configuration of " + source.description()
                    + ", which is no preset's; "
                    + (own.isPresent()
                            ? "legal: a folder, which gets its config.json"
                            : "legal: a checkpoint with a config.json"));
        }
        if (own.isPresent()) {
            return new ConfigFile(Optional.of(Files.readAllBytes(own.get())), known.map(Preset::id));
        }
        return named(known.orElseThrow());
    }

    static ConfigFile named(Preset preset) throws IOException {
        String json =
                new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(Map.of(MODEL_NAME, preset.id()));
        return new ConfigFile(Optional.of((json + "\n").getBytes(StandardCharsets.UTF_8)), Optional.of(preset.id()));
    }
}
