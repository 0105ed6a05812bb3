package da3.train.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.train.config.ValidationMetric;
import da3.train.optimizer.OptimizerState;
import da3.weights.safetensors.SafetensorsFile;
import da3.weights.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The state that a run needs in addition to its weights to resume exactly. Random draws depend only on the seed and the
 * step, so there is no random state.
 *
 * @param step number of steps taken
 * @param skipped number of skipped steps among them
 * @param best validation so far
 * @param configHash hash of the configuration of the run
 * @param fileHashes SHA-256 of each file that the configuration names and the run has read, by key
 * @param optimizer state of the optimizers
 * @param ema averages of the weights and their state
 */
public record TrainingState(
        long step,
        long skipped,
        BestValidation best,
        String configHash,
        Map<String, String> fileHashes,
        OptimizerState optimizer,
        OptimizerState ema) {

    private static final String TENSORS = "state.safetensors";
    private static final String NUMBERS = "state.json";
    private static final String OPTIMIZER = "optimizer/";
    private static final String EMA = "ema/";
    private static final String FILES = "file_hashes"; // absent without files
    private static final List<String> KEYS =
            List.of("step", "skipped", "best", "best_by", "since_best", "config_hash", "optimizer_steps", "ema_steps");
    private static final JsonMapper JSON = new JsonMapper();

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Map<String, SafetensorsWriter.Entry> tensors = new LinkedHashMap<>();
        put(tensors, OPTIMIZER, optimizer);
        put(tensors, EMA, ema);
        SafetensorsWriter.write(folder.resolve(TENSORS), tensors, Map.of());
        ObjectNode numbers = JSON.createObjectNode();
        numbers.put("step", step);
        numbers.put("skipped", skipped);
        numbers.put("best", Double.toString(best.cost())); // JSON has no infinity
        numbers.put("best_by", best.metric().id());
        numbers.put("since_best", best.since());
        numbers.put("config_hash", configHash);
        if (!fileHashes.isEmpty()) {
            fileHashes.forEach(numbers.putObject(FILES)::put);
        }
        optimizer.steps().forEach(numbers.putObject("optimizer_steps")::put);
        ema.steps().forEach(numbers.putObject("ema_steps")::put);
        Files.write(
                folder.resolve(NUMBERS), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(numbers));
    }

    private static void put(Map<String, SafetensorsWriter.Entry> tensors, String prefix, OptimizerState state) {
        state.values()
                .forEach((name, values) ->
                        tensors.put(prefix + name, SafetensorsWriter.Entry.floats(values, values.length)));
    }

    /** @throws IOException if the state cannot be read or is incomplete */
    static TrainingState read(Path folder) throws IOException {
        Path file = folder.resolve(NUMBERS);
        JsonNode numbers = JSON.readTree(Files.readAllBytes(file));
        for (String key : KEYS) {
            if (!numbers.has(key)) {
                throw new IOException(file + " must have a key " + key + ", got none");
            }
        }
        try (SafetensorsFile tensors = SafetensorsFile.open(folder.resolve(TENSORS))) {
            return new TrainingState(
                    whole(file, "step", numbers.get("step")),
                    whole(file, "skipped", numbers.get("skipped")),
                    best(file, numbers),
                    numbers.get("config_hash").asText(),
                    fileHashes(numbers.path(FILES)),
                    state(file, tensors, OPTIMIZER, numbers.get("optimizer_steps")),
                    state(file, tensors, EMA, numbers.get("ema_steps")));
        }
    }

    private static Map<String, String> fileHashes(JsonNode files) {
        Map<String, String> hashes = new LinkedHashMap<>();
        files.properties()
                .forEach(file -> hashes.put(file.getKey(), file.getValue().asText()));
        return hashes;
    }

    private static BestValidation best(Path file, JsonNode numbers) throws IOException {
        String id = numbers.get("best_by").asText();
        ValidationMetric metric = Arrays.stream(ValidationMetric.values())
                .filter(m -> m.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () -> new IOException("best_by of " + file + " must be a metric of validations, got " + id));
        return new BestValidation(
                metric,
                number(file, "best", numbers.get("best")),
                whole(file, "since_best", numbers.get("since_best")));
    }

    private static OptimizerState state(Path file, SafetensorsFile tensors, String prefix, JsonNode counts)
            throws IOException {
        Map<String, float[]> values = new LinkedHashMap<>();
        for (String name : tensors.tensors().keySet()) {
            if (name.startsWith(prefix)) {
                float[] floats =
                        new float[Math.toIntExact(tensors.tensors().get(name).elements())];
                tensors.readFloats(name, FloatBuffer.wrap(floats));
                values.put(name.substring(prefix.length()), floats);
            }
        }
        Map<String, Long> steps = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> count : counts.properties()) {
            steps.put(count.getKey(), whole(file, "count of " + count.getKey(), count.getValue()));
        }
        return new OptimizerState(values, steps);
    }

    private static long whole(Path file, String key, JsonNode value) throws IOException {
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IOException(file + " must have a whole number as " + key + ", got " + value);
        }
        return value.asLong();
    }

    private static double number(Path file, String key, JsonNode value) throws IOException {
        try {
            return Double.parseDouble(value.asText());
        } catch (NumberFormatException e) {
            throw new IOException(file + " must have a number as " + key + ", got " + value, e);
        }
    }
}
