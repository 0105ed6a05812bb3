package da3.train.lora;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.nn.LoraUpdate;
import da3.weights.config.LimitedJson;
import da3.weights.safetensors.SafetensorsFile;
import da3.weights.safetensors.SafetensorsWriter;
import da3.weights.safetensors.TensorInfo;
import da3.weights.safetensors.UntrustedText;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Adapters in the layout of the PEFT library: {@code adapter_config.json}, and {@code adapter_model.safetensors} with
 * the names {@code base_model.model.<module>.lora_A.weight} and {@code lora_B.weight}. Tensors that replace those of
 * the base belong to the modules that {@code modules_to_save} lists. As an extension, the configuration repeats the
 * license of the base.
 */
public final class PeftFiles {

    private static final String CONFIG = "adapter_config.json";
    private static final String TENSORS = "adapter_model.safetensors";
    private static final String PREFIX = "base_model.model.";
    private static final long MAX_CONFIG_BYTES = 1 << 20;
    private static final JsonMapper JSON = new JsonMapper();

    private PeftFiles() {}

    /** Writes an adapter into a folder, which is created if it does not exist. */
    public static void write(Path folder, LoraAdapter adapter) throws IOException {
        Files.createDirectories(folder);
        Map<String, SafetensorsWriter.Entry> entries = new LinkedHashMap<>();
        adapter.tensors().forEach((name, tensor) -> {
            long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
            entries.put(PREFIX + name, SafetensorsWriter.Entry.floats(tensor.values(), shape));
        });
        Files.write(
                folder.resolve(CONFIG), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(config(adapter)));
        SafetensorsWriter.write(folder.resolve(TENSORS), entries, Map.of("format", "pt"));
    }

    private static ObjectNode config(LoraAdapter adapter) {
        ObjectNode config = JSON.createObjectNode();
        config.put("peft_type", "LORA");
        config.putNull("task_type");
        config.put("base_model_name_or_path", adapter.base().name());
        config.put("r", adapter.options().rank());
        config.put("lora_alpha", adapter.options().alpha());
        config.put("lora_dropout", 0.0);
        config.put("bias", "none");
        config.put("fan_in_fan_out", false);
        config.put("inference_mode", true);
        ArrayNode targets = config.putArray("target_modules");
        adapter.options().targets().forEach(targets::add);
        TreeSet<String> saved = new TreeSet<>();
        for (String name : adapter.tensors().keySet()) {
            if (LoraAdapter.changed(name).equals(name)) {
                saved.add(name.substring(0, name.lastIndexOf('.')));
            }
        }
        if (saved.isEmpty()) {
            config.putNull("modules_to_save");
        } else {
            saved.forEach(config.putArray("modules_to_save")::add);
        }
        adapter.base().license().ifPresent(license -> config.put("license", license));
        return config;
    }

    /**
     * Reads an adapter.
     *
     * @throws IOException if a file is missing or not well-formed, or the adapter is of a kind other than plain LoRA;
     *     the message names the file and the key
     */
    public static LoraAdapter read(Path folder) throws IOException {
        Path file = folder.resolve(CONFIG);
        JsonNode config;
        try {
            config = LimitedJson.read(file, MAX_CONFIG_BYTES);
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is not JSON: " + UntrustedText.shown(e.getOriginalMessage()), e);
        }
        require(
                file,
                config,
                "peft_type",
                "LORA",
                config.path("peft_type").asText().equals("LORA"));
        require(
                file,
                config,
                "r",
                "a whole number of at least 1",
                config.path("r").asInt() >= 1);
        require(
                file,
                config,
                "lora_alpha",
                "a number",
                config.path("lora_alpha").isNumber());
        require(file, config, "bias", "none", config.path("bias").asText("none").equals("none"));
        for (String key : List.of("use_dora", "use_rslora", "fan_in_fan_out")) {
            require(file, config, key, "false", !config.path(key).asBoolean());
        }
        for (String key : List.of("rank_pattern", "alpha_pattern")) {
            require(file, config, key, "empty", config.path(key).isEmpty());
        }
        LoraOptions options = new LoraOptions(
                config.path("r").asInt(), config.path("lora_alpha").asDouble(), targets(config));
        BaseModel base = new BaseModel(
                UntrustedText.shown(config.path("base_model_name_or_path").asText()),
                Optional.of(config.path("license"))
                        .filter(JsonNode::isTextual)
                        .map(license -> UntrustedText.shown(license.asText())));
        return new LoraAdapter(options, tensors(folder.resolve(TENSORS)), base);
    }

    private static List<String> targets(JsonNode config) {
        JsonNode targets = config.path("target_modules");
        List<String> names = new ArrayList<>();
        if (targets.isTextual()) { // a regular expression, which PEFT also accepts; the tensors tell what is adapted
            names.add(targets.asText());
        }
        targets.forEach(target -> names.add(target.asText()));
        return names;
    }

    private static Map<String, LoraAdapter.Tensor> tensors(Path file) throws IOException {
        Map<String, LoraAdapter.Tensor> tensors = new LinkedHashMap<>();
        try (SafetensorsFile stored = SafetensorsFile.open(file)) {
            for (Map.Entry<String, TensorInfo> entry : stored.tensors().entrySet()) {
                String name = entry.getKey();
                if (!name.startsWith(PREFIX)) {
                    throw new IOException(
                            "names in " + file + " must begin with " + PREFIX + ", got " + UntrustedText.shown(name));
                }
                int[] shape = Arrays.stream(entry.getValue().shape())
                        .mapToInt(Math::toIntExact)
                        .toArray();
                float[] values = new float[Math.toIntExact(entry.getValue().elements())];
                stored.readFloats(name, FloatBuffer.wrap(values));
                tensors.put(name.substring(PREFIX.length()), new LoraAdapter.Tensor(shape, values));
            }
        }
        for (String name : tensors.keySet()) {
            requirePair(file, tensors, name, LoraUpdate.nameOfA(""), LoraUpdate.nameOfB(""));
            requirePair(file, tensors, name, LoraUpdate.nameOfB(""), LoraUpdate.nameOfA(""));
        }
        return tensors;
    }

    private static void requirePair(
            Path file, Map<String, LoraAdapter.Tensor> tensors, String name, String suffix, String other)
            throws IOException {
        if (name.endsWith(suffix)) {
            String pair = name.substring(0, name.length() - suffix.length()) + other;
            if (!tensors.containsKey(pair)) {
                throw new IOException(
                        file + " must have both matrices of an update, got no " + UntrustedText.shown(pair));
            }
        }
    }

    private static void require(Path file, JsonNode config, String key, String requirement, boolean fulfilled)
            throws IOException {
        if (!fulfilled) {
            throw new IOException(key + " in " + file + " must be " + requirement + ", got "
                    + UntrustedText.shown(config.path(key).toString()));
        }
    }
}
