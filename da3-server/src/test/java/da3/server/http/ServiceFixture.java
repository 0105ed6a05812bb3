package da3.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import da3.core.EngineOptions;
import da3.server.tasks.ModelHolder;
import da3.server.tasks.TaskService;
import da3.server.tasks.TaskSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A service at a free port. */
public final class ServiceFixture implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String BOUNDARY = "xxboundaryxx";

    private final ModelHolder model;
    private final TaskService tasks;
    private final Da3Server server;

    private ServiceFixture(ServerSettings settings, TaskSettings taskSettings, ModelHolder model) throws IOException {
        this.model = model;
        this.tasks = TaskService.open(taskSettings, model);
        this.server = Da3Server.start(settings.withAddress("127.0.0.1", 0), tasks, model);
    }

    /** Starts a service with a small untrained model. */
    public static ServiceFixture start(Path workspace, ServerSettings settings) throws IOException {
        return start(TaskSettings.of(workspace), settings, small());
    }

    public static ServiceFixture start(TaskSettings tasks, ServerSettings settings, ModelHolder model)
            throws IOException {
        return new ServiceFixture(settings, tasks, model);
    }

    static ModelHolder small() {
        return ModelHolder.of("seeded:da3-small", EngineOptions.defaults());
    }

    public int port() {
        return server.port();
    }

    Da3Server server() {
        return server;
    }

    ModelHolder model() {
        return model;
    }

    TaskService tasks() {
        return tasks;
    }

    /** Returns a form with PNG files and fields, with a low resolution by default. */
    static byte[] form(Map<String, String> fields, Map<String, byte[]> files) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("process_res", "56"));
        all.putAll(fields);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        all.forEach((name, value) -> body.writeBytes(
                ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n")
                        .getBytes(StandardCharsets.UTF_8)));
        files.forEach((name, bytes) -> {
            body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + name
                            + "\"\r\nContent-Type: image/png\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            body.writeBytes(bytes);
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        });
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }

    /** The request line and content type of such a form. */
    static final String POST_FORM = "POST /inference\r\nContent-Type: multipart/form-data; boundary=" + BOUNDARY;

    static final String POST_JSON = "POST /inference\r\nContent-Type: application/json";

    RawHttp.Reply upload(Map<String, String> fields, Map<String, byte[]> files) throws IOException {
        return RawHttp.send(port(), POST_FORM, form(fields, files));
    }

    /** Runs a task with two images, and returns its id. */
    UUID completed(Map<String, String> fields) throws Exception {
        RawHttp.Reply reply = upload(fields, Map.of("left.png", SampleImages.png(1), "right.png", SampleImages.png(2)));
        UUID id = UUID.fromString(json(reply).path("task_id").asText());
        await(id, "completed");
        return id;
    }

    JsonNode await(UUID id, String status) throws Exception {
        JsonNode task = null;
        for (int i = 0; i < 1200; i++) {
            task = json(RawHttp.send(port(), "GET /task/" + id));
            if (task.path("status").asText().equals(status)) {
                return task;
            }
            if (task.hasNonNull("completed_at")) {
                break;
            }
            Thread.sleep(25);
        }
        throw new AssertionError("not " + status + ": " + task);
    }

    static JsonNode json(RawHttp.Reply reply) throws IOException {
        return MAPPER.readTree(reply.body());
    }

    JsonNode get(String path) throws IOException {
        return json(RawHttp.send(port(), "GET " + path));
    }

    @Override
    public void close() {
        server.close();
        tasks.close();
        model.close();
    }
}
