package da3.train.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import da3.train.yaml.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads configurations, with overrides from the command line. */
public final class TrainConfigFile {

    private static final YAMLMapper YAML = new YAMLMapper();

    private TrainConfigFile() {}

    /**
     * Reads a configuration.
     *
     * @param overrides entries of the form {@code key=value} with YAML values; keys are paths with dots and list
     *     indices from 0, for instance {@code phases.0.steps=100}
     * @throws ConfigException if a key or a value is not allowed
     * @throws IOException if the file cannot be read
     */
    public static TrainConfig read(Path file, List<String> overrides) throws IOException {
        return parse(Files.readString(file), file.toString(), overrides);
    }

    /**
     * Reads a configuration from text.
     *
     * @param name names the text in error messages
     * @param overrides as in {@link #read}
     * @throws ConfigException if a key or a value is not allowed
     */
    static TrainConfig parse(String text, String name, List<String> overrides) {
        return TrainConfig.read(tree(text, name, overrides));
    }

    /**
     * Reads a configuration from text, for measuring another model than its own. A configuration needs trained
     * parameters; here, those of the head, which is in every network. LPIPS is left out, since validations do not
     * measure it and its file may have moved.
     *
     * @param name names the text in error messages
     * @param overrides as in {@link #read}
     * @param model path or name of the model
     * @throws ConfigException if a key or a value is not allowed
     */
    public static TrainConfig parseForModel(String text, String name, List<String> overrides, String model) {
        ObjectNode tree = tree(text, name, overrides);
        ObjectNode settings = YAML.createObjectNode().put("checkpoint", model).put("train", "patterns");
        settings.putArray("train_patterns").add("\\.head\\.");
        tree.set("model", settings);
        ObjectNode optimization = YAML.createObjectNode();
        optimization.putArray("groups").addObject().put("pattern", ".");
        optimization.putObject("schedule").put("warmup_steps", 0);
        tree.set("optimization", optimization);
        if (tree.get("objective") instanceof ObjectNode objective) {
            objective.remove(List.of("lpips", "lpips_file"));
        }
        return TrainConfig.read(tree);
    }

    private static ObjectNode tree(String text, String name, List<String> overrides) {
        JsonNode root;
        try {
            root = YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new ConfigException(
                    name + " must be YAML, got what breaks off at line "
                            + e.getLocation().getLineNr() + ": " + firstLine(e),
                    e);
        }
        ObjectNode tree = root instanceof ObjectNode object ? object : YAML.createObjectNode();
        if (root != null && !root.isObject() && !root.isMissingNode() && !root.isNull()) {
            throw new ConfigException(name + " must be a mapping, got " + root);
        }
        overrides.forEach(override -> apply(tree, override));
        return tree;
    }

    private static void apply(ObjectNode tree, String override) {
        int equals = override.indexOf('=');
        if (equals < 1) {
            throw new ConfigException("an override must be key=value, got " + override);
        }
        String[] keys = override.substring(0, equals).split("\\.");
        JsonNode value = value(override, override.substring(equals + 1));
        JsonNode at = tree;
        for (int i = 0; i < keys.length - 1; i++) {
            JsonNode next = child(at, keys[i], override);
            if (next.isMissingNode()) {
                next = ((ObjectNode) at).putObject(keys[i]);
            }
            if (!next.isContainerNode()) {
                throw new ConfigException("the key of an override must lead to a value, got " + override + ", where "
                        + keys[i] + " is " + next);
            }
            at = next;
        }
        String last = keys[keys.length - 1];
        if (at instanceof ArrayNode list) {
            child(list, last, override); // checks the index
            list.set(Integer.parseInt(last), value);
        } else {
            ((ObjectNode) at).set(last, value);
        }
    }

    private static JsonNode child(JsonNode at, String key, String override) {
        if (!(at instanceof ArrayNode list)) {
            return at.path(key);
        }
        if (!key.matches("\\d{1,6}") || Integer.parseInt(key) >= list.size()) {
            throw new ConfigException(
                    "a list index must be from 0 to " + (list.size() - 1) + ", got " + key + " in " + override);
        }
        return list.get(Integer.parseInt(key));
    }

    private static JsonNode value(String override, String text) {
        try {
            JsonNode value = YAML.readTree(text);
            return value.isMissingNode() ? NullNode.getInstance() : value;
        } catch (JsonProcessingException e) {
            throw new ConfigException("the value of an override must be YAML, got " + override, e);
        }
    }

    private static String firstLine(JsonProcessingException e) {
        return e.getOriginalMessage().lines().findFirst().orElse("no message");
    }
}
