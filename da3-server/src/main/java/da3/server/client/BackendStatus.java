package da3.server.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How a service is.
 *
 * @param model by the name that it was started with
 * @param engine what computes; empty before the model is loaded
 * @param queueLength tasks that wait
 * @param maxBodyBytes of a request
 * @param maxViews photos of a task
 */
public record BackendStatus(
        boolean modelLoaded,
        String model,
        String engine,
        String version,
        int queueLength,
        int queueCapacity,
        long maxBodyBytes,
        int maxViews) {

    static BackendStatus of(JsonNode json) {
        return new BackendStatus(
                json.path("model_loaded").asBoolean(),
                BackendTask.printable(json.path("model")),
                BackendTask.printable(json.path("engine")),
                BackendTask.printable(json.path("version")),
                json.path("queue_length").asInt(),
                json.path("queue_capacity").asInt(),
                json.path("limits").path("max_body_bytes").asLong(Long.MAX_VALUE),
                json.path("limits").path("max_views").asInt(Integer.MAX_VALUE));
    }
}
