package da3.server.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.geometry.check.Check;
import da3.server.wire.JsonFields;
import da3.server.wire.OptionsJson;
import da3.server.wire.TaskOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The JSON file format of task records. */
final class TaskJson {

    private static final int VERSION = 2;
    private static final ObjectMapper JSON = new ObjectMapper();

    private TaskJson() {}

    static byte[] bytes(Task task) {
        ObjectNode node = JSON.createObjectNode();
        node.put("version", VERSION);
        node.put("id", task.id().toString());
        node.put("name", task.name());
        node.put("status", task.status().id());
        node.put("message", task.message());
        node.put("progress", task.progress());
        node.put("stage", task.stage());
        node.put("created_at", task.createdAt().toString());
        task.startedAt().ifPresent(at -> node.put("started_at", at.toString()));
        task.completedAt().ifPresent(at -> node.put("completed_at", at.toString()));
        node.put("views", task.views());
        task.exportDirectory().ifPresent(directory -> node.put("export_directory", directory.toString()));
        node.set("options", OptionsJson.of(task.options()));
        ArrayNode warnings = node.putArray("warnings");
        task.warnings().forEach(warnings::add);
        task.error().ifPresent(error -> node.put("error", error));
        return bytes(node);
    }

    /**
     * Parses a task record.
     *
     * @param folder folder that contains the record
     * @throws IOException if the record is malformed or belongs to another task
     */
    static Task task(byte[] bytes, TaskFolder folder) throws IOException {
        try {
            JsonNode node = JSON.readTree(bytes);
            int version = node.required("version").intValue();
            if (version != VERSION) {
                throw Check.invalid("version", Integer.toString(VERSION), version);
            }
            UUID id = UUID.fromString(text(node, "id"));
            if (!id.toString().equals(folder.root().getFileName().toString())) {
                throw Check.invalid("id", folder.root().getFileName().toString(), id);
            }
            return new Task(
                    id,
                    text(node, "name"),
                    TaskStatus.valueOf(text(node, "status").toUpperCase(Locale.ROOT)),
                    text(node, "message"),
                    node.required("progress").doubleValue(),
                    text(node, "stage"),
                    Instant.parse(text(node, "created_at")),
                    Optional.ofNullable(node.get("started_at")).map(at -> Instant.parse(at.textValue())),
                    Optional.ofNullable(node.get("completed_at")).map(at -> Instant.parse(at.textValue())),
                    node.required("views").intValue(),
                    folder.results(),
                    Optional.ofNullable(node.get("export_directory")).map(path -> Path.of(path.textValue())),
                    options(node.required("options")),
                    texts(node.required("warnings")),
                    Optional.ofNullable(node.get("error")).map(JsonNode::textValue));
        } catch (IOException | RuntimeException e) {
            throw new IOException(folder.json() + " is not a valid task record: " + firstLine(e), e);
        }
    }

    static byte[] bytes(JsonNode node) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a tree of plain values", e);
        }
    }

    private static TaskOptions options(JsonNode node) {
        return OptionsJson.read(new JsonFields((ObjectNode) node, OptionsJson.names()));
    }

    private static String text(JsonNode node, String field) {
        String text = node.required(field).textValue();
        if (text == null) {
            throw Check.invalid(field, "a string", node.get(field));
        }
        return text;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
