package da3.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import da3.core.ErrorMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A snapshot of a task of a service.
 *
 * @param status pending, running, completed, failed or cancelled
 * @param message one sentence for users
 * @param progress progress from 0 to 1
 * @param stage current step, for instance {@code backbone 3/12}
 * @param processingSeconds duration of processing; absent before the end of the task
 * @param views number of views
 * @param exportDirectory export directory on the machine of the service, if one was requested
 * @param warnings warnings for users of the results, one sentence each
 * @param error why the task failed, one sentence; absent unless it failed
 */
public record BackendTask(
        UUID id,
        String name,
        String status,
        String message,
        double progress,
        String stage,
        Optional<Double> processingSeconds,
        int views,
        Optional<String> exportDirectory,
        List<String> warnings,
        Optional<String> error) {

    public BackendTask {
        warnings = List.copyOf(warnings);
    }

    /** Returns whether the status is final. */
    public boolean ended() {
        return !status.equals("pending") && !status.equals("running");
    }

    public boolean completed() {
        return status.equals("completed");
    }

    static BackendTask of(JsonNode json) {
        List<String> warnings = new ArrayList<>();
        json.path("warnings").forEach(warning -> warnings.add(printable(warning)));
        JsonNode seconds = json.path("processing_time");
        return new BackendTask(
                UUID.fromString(json.path("task_id").asText()),
                printable(json.path("name")),
                json.path("status").asText(),
                printable(json.path("message")),
                json.path("progress").asDouble(),
                printable(json.path("stage")),
                seconds.isNumber() ? Optional.of(seconds.asDouble()) : Optional.empty(),
                json.path("num_images").asInt(),
                text(json.path("export_dir")),
                warnings,
                text(json.path("error")));
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(printable(node)) : Optional.empty();
    }

    /** Returns a text without control characters, which a terminal would interpret. */
    static String printable(JsonNode text) {
        return ErrorMessage.printable(text.asText(""));
    }
}
