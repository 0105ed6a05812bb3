package da3.evaluation.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.evaluation.mode.Samples;
import da3.io.ExportDirectory;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file of results as lines of JSON, written as they are computed: first a description of the evaluation, then one
 * line for each scene and predictor. An interrupted evaluation continues the same file; an incomplete last line is
 * dropped.
 */
final class SceneLog implements AutoCloseable {

    static final String FILE = "scenes.jsonl";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Writer writer;
    private final Map<List<String>, SceneRecord> records = new HashMap<>(); // by scene and predictor

    private SceneLog(Writer writer, List<SceneRecord> records) {
        this.writer = writer;
        records.forEach(record -> this.records.put(List.of(record.scene(), record.predictor()), record));
    }

    /**
     * Opens or creates a file in a directory and reads its results.
     *
     * @param name path within the directory
     * @param evaluation description of the evaluation
     * @throws IOException if the file cannot be read or written, or contains results of another evaluation
     */
    static SceneLog open(ExportDirectory directory, String name, ObjectNode evaluation) throws IOException {
        Path file = directory.root().resolve(name);
        List<String> lines = Files.exists(file) ? completeLines(file) : List.of();
        String first = evaluation.toString();
        List<SceneRecord> records = new ArrayList<>();
        if (!lines.isEmpty()) {
            if (!lines.get(0).equals(first)) {
                throw new IOException(file + " must hold results of this evaluation, " + first + ", got those of "
                        + lines.get(0) + "; choose another directory, or overwrite them");
            }
            for (String line : lines.subList(1, lines.size())) {
                records.add(record(file, line));
            }
        }
        List<String> kept = lines.isEmpty() ? List.of(first) : lines;
        byte[] bytes = (String.join("\n", kept) + "\n").getBytes(StandardCharsets.UTF_8);
        directory.write(name, out -> out.write(bytes));
        return new SceneLog(Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND), records);
    }

    private static List<String> completeLines(Path file) throws IOException {
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    /** Returns a result that the file contained when it was opened. */
    Optional<SceneRecord> record(String scene, String predictor) {
        return Optional.ofNullable(records.get(List.of(scene, predictor)));
    }

    /** Appends a result. */
    void append(SceneRecord record) throws IOException {
        writer.write(json(record) + "\n");
        writer.flush();
    }

    static ObjectNode json(SceneRecord record) {
        ObjectNode node = JSON.createObjectNode();
        node.put("scene", record.scene());
        node.put("predictor", record.predictor());
        ObjectNode groups = node.putObject("groups");
        record.groups().forEach(groups::put);
        record.error().ifPresent(error -> node.put("error", error));
        ObjectNode samples = node.putObject("samples");
        for (String name : record.samples().names()) {
            ArrayNode values = samples.putArray(name);
            for (double value : record.samples().values(name)) {
                values.add(value);
            }
        }
        return node;
    }

    private static SceneRecord record(Path file, String line) throws IOException {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IOException("lines of " + file + " must be JSON objects, got " + line, e);
        }
        if (!node.path("scene").isTextual() || !node.path("predictor").isTextual()) {
            throw new IOException("lines of " + file + " must name a scene and a predictor, got " + line);
        }
        Map<String, String> groups = new LinkedHashMap<>();
        node.path("groups")
                .properties()
                .forEach(group -> groups.put(group.getKey(), group.getValue().asText()));
        Samples samples = new Samples();
        node.path("samples").properties().forEach(values -> values.getValue()
                .forEach(value -> samples.add(values.getKey(), value.asDouble())));
        Optional<String> error = Optional.ofNullable(node.path("error").textValue());
        return new SceneRecord(
                node.path("scene").asText(), node.path("predictor").asText(), groups, samples, error);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
