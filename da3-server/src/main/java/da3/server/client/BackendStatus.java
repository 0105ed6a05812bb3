package da3.server.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The status of a service.
 *
 * @param modelLoaded whether the model is loaded
 * @param model name of the model
 * @param engine description of the engine; empty before the model is loaded
 * @param version version of the service
 * @param queueLength number of waiting tasks
 * @param queueCapacity maximum number of waiting tasks
 * @param maxBodyBytes maximum size of a request body, in bytes
 * @param maxViews maximum number of views of a task
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
