package da3.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.geometry.check.Check;
import da3.nn.WeightsException;
import da3.weights.config.LimitedJson;
import da3.weights.config.WeightsFileName;
import da3.weights.safetensors.UntrustedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The index of a sharded checkpoint in the format of the official library, which maps tensors to files.
 *
 * @param path path of the index
 * @param fileOf file name by tensor name; files are in the folder of the index
 * @param metadata text entries: other names of tensors that share storage, and the name of the model
 */
record ShardIndex(Path path, Map<String, String> fileOf, Map<String, String> metadata) {

    private static final long MAX_BYTES = 1 << 24;

    /** @throws WeightsException if the file is not an index or names files outside its folder */
    static ShardIndex read(Path file) throws IOException {
        JsonNode root;
        try {
            root = LimitedJson.read(file, MAX_BYTES);
        } catch (JsonProcessingException e) {
            throw new WeightsException(file + " is not JSON: " + UntrustedText.shown(e.getOriginalMessage()), e);
        }
        JsonNode map = root.path("weight_map");
        if (!map.isObject() || map.isEmpty()) {
            throw new WeightsException(file + " has no weight_map, expected an index of shards or a .safetensors file");
        }
        Map<String, String> fileOf = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            String name = entry.getValue().asText();
            if (!entry.getValue().isTextual() || !WeightsFileName.isValid(name)) {
                throw new WeightsException(Check.message(
                        "file of " + UntrustedText.shown(entry.getKey()) + " in " + file,
                        WeightsFileName.REQUIREMENT,
                        UntrustedText.shown(entry.getValue().toString())));
            }
            fileOf.put(entry.getKey(), name);
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : root.path("metadata").properties()) {
            if (entry.getValue().isTextual()) {
                metadata.put(entry.getKey(), entry.getValue().textValue());
            }
        }
        return new ShardIndex(file, fileOf, metadata);
    }

    /** @param storedBytes size of all tensors */
    void write(long storedBytes) throws IOException {
        JsonMapper mapper = new JsonMapper();
        ObjectNode root = mapper.createObjectNode();
        ObjectNode texts = root.putObject("metadata").put("total_size", storedBytes);
        metadata.forEach(texts::put);
        ObjectNode map = root.putObject("weight_map");
        fileOf.forEach(map::put);
        Files.writeString(path, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }

    /** Returns all files of the index, sorted by name. */
    List<Path> files() {
        return fileOf.values().stream()
                .distinct()
                .sorted()
                .map(path::resolveSibling)
                .toList();
    }
}
