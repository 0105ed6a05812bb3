package da3.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import da3.core.ErrorMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A task of a service as it stands at one moment.
 *
 * @param status pending, running, completed, failed or cancelled
 * @param progress 0 to 1
 * @param stage what is being done, for instance {@code backbone 3/12}
 * @param processingSeconds how long it ran; absent before its end
 * @param exportDirectory on the service's machine, where one was asked for
 * @param error why it failed, one sentence
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

    /** Whether nothing will change any more. */
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

    /** Terminals obey what a service may send. */
    static String printable(JsonNode text) {
        return ErrorMessage.printable(text.asText(""));
    }
}
