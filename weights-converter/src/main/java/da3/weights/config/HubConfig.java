package da3.weights.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import da3.nn.ModelConfig;
import da3.nn.Preset;
import da3.nn.WeightsException;
import da3.weights.safetensors.UntrustedText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The config.json of a published model: {@code model_name} is a preset, and {@code config}, if present, is the tree of
 * Python objects that the model was built from. The tree takes precedence.
 *
 * <p>Other keys are arguments that the reference does not use, and are ignored. All keys inside the tree must be known.
 *
 * <p>Source: reference files api.py and cfg.py.
 *
 * @param modelName name in the file, for instance {@code da3-base}
 */
public record HubConfig(ModelConfig model, Optional<String> modelName) {

    static final long MAX_BYTES = 1 << 20;

    /**
     * @throws WeightsException if the file is not a valid configuration or has unsupported values; the message names
     *     the file, key, value and requirement
     */
    public static HubConfig read(Path file) throws IOException {
        try {
            return of(LimitedJson.read(file, MAX_BYTES), file.toString());
        } catch (JsonProcessingException e) {
            throw new WeightsException(file + " is not JSON: " + UntrustedText.shown(e.getOriginalMessage()), e);
        }
    }

    /** @param where name of the file in errors */
    static HubConfig of(JsonNode root, String where) {
        ConfigNode node = new ConfigNode(root, where);
        Optional<String> name = node.text("model_name");
        Optional<ConfigNode> tree = node.child("config");
        if (tree.isEmpty() && name.isEmpty()) {
            throw new WeightsException(where + " has neither model_name nor config, expected at least one of them");
        }
        try {
            if (tree.isEmpty()) {
                return new HubConfig(
                        Preset.of(UntrustedText.shown(name.orElseThrow())).config(), name);
            }
            ModelConfig model = ConfigTree.model(tree.get());
            // the tree lacks the unit of depth, which a preset with this name and these networks has
            return new HubConfig(
                    name.flatMap(n -> PresetRecognition.of(model, n))
                            .map(Preset::config)
                            .orElse(model),
                    name);
        } catch (IllegalArgumentException e) {
            throw new WeightsException(where + ": " + e.getMessage(), e);
        }
    }
}
