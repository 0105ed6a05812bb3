package da3.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.core.Version;
import da3.geometry.check.Check;
import da3.server.tasks.ModelHolder;
import da3.server.tasks.ModelStatus;
import da3.server.tasks.TaskService;
import da3.server.wire.SafeText;
import io.javalin.http.Context;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Routes for health, status and maintenance of the service. */
final class ServiceHandlers {

    private static final System.Logger LOG = System.getLogger(ServiceHandlers.class.getName());
    private static final int MAX_BODY_BYTES = 4096;

    private final TaskService tasks;
    private final ModelHolder model;
    private final ServerSettings settings;
    private final BooleanSupplier stopping;
    private final Instant start = Instant.now();
    private final ConcurrencyLimit reloads = new ConcurrencyLimit(1, "reloads");

    ServiceHandlers(TaskService tasks, ModelHolder model, ServerSettings settings, BooleanSupplier stopping) {
        this.tasks = tasks;
        this.model = model;
        this.settings = settings;
        this.stopping = stopping;
    }

    List<Route> routes() {
        return List.of(
                Route.open("GET", "/healthz", this::health),
                Route.open("GET", "/readyz", this::ready),
                Route.guarded("GET", "/status", this::status),
                Route.guarded("GET", "/gpu-memory", this::gpuMemory),
                Route.guarded("POST", "/cleanup", this::cleanUp),
                Route.guarded("POST", "/reload", reloads.limit(this::reload)));
    }

    /** Reports whether the service works or must be restarted. */
    private void health(Context ctx) {
        respond(ctx, isStuck() ? "stuck" : "ok", "ok");
    }

    private void ready(Context ctx) {
        String state = stopping.getAsBoolean()
                ? "stopping"
                : isStuck() ? "stuck" : model.status().loading() ? "loading" : "ready";
        respond(ctx, state, "ready");
    }

    private boolean isStuck() {
        return !stopping.getAsBoolean() && !tasks.isWorking();
    }

    private static void respond(Context ctx, String state, String healthy) {
        Json.respond(ctx, state.equals(healthy) ? 200 : 503, Json.object().put("status", state));
    }

    private void status(Context ctx) {
        Json.respond(ctx, status());
    }

    private ObjectNode status() {
        ModelStatus modelStatus = model.status();
        ObjectNode json = Json.object();
        json.put("model_loaded", modelStatus.loaded());
        json.put("model", modelStatus.name());
        json.put("model_dir", modelStatus.name()); // the name of this field in the reference
        Json.putText(json, "device", modelStatus.engine());
        Json.putText(json, "engine", modelStatus.engine());
        modelStatus
                .loadTime()
                .ifPresentOrElse(time -> json.put("load_time", time.toMillis() / 1e3), () -> json.putNull("load_time"));
        Json.putTime(json, "last_used", modelStatus.lastUsed());
        json.put("uptime", Duration.between(start, Instant.now()).toMillis() / 1e3);
        json.put("queue_length", tasks.queueLength());
        json.put("queue_capacity", tasks.settings().queueCapacity());
        json.put("version", Version.CURRENT);
        json.putObject("model_has")
                .put("camera", modelStatus.camera())
                .put("gaussians", modelStatus.gaussians())
                .put("metric", modelStatus.metric());
        modelStatus
                .processingSize()
                .ifPresentOrElse(side -> json.put("process_res", side), () -> json.putNull("process_res"));
        json.putObject("limits")
                .put("max_body_bytes", settings.maxBodyBytes())
                .put("max_frames", tasks.settings().maxFrames())
                .put("max_pixels", tasks.settings().maxPixels())
                .put("max_views", Math.min(settings.maxFiles(), tasks.settings().maxViews()));
        json.putNull("gpu_memory");
        return json;
    }

    private void gpuMemory(Context ctx) {
        Json.respond(
                ctx, Json.object().put("available", false).put("message", "the engine does not report GPU memory"));
    }

    private void cleanUp(Context ctx) {
        int removed = tasks.prune();
        Json.respond(ctx, Json.object().put("success", true).put("removed", removed));
    }

    private void reload(Context ctx) throws IOException, InterruptedException {
        String current = model.status().name();
        Optional<String> requested = Optional.empty();
        if (ctx.contentType() != null) {
            ObjectNode body = JsonBody.read(ctx, MAX_BODY_BYTES, settings.bodyTimeout());
            JsonNode field = Json.fields(body, "model").get("model");
            if (!field.isMissingNode() && !field.isTextual()) {
                throw HttpError.badRequest(Check.message("model", "a string", SafeText.sanitize(field.toString())));
            }
            requested = Optional.ofNullable(field.textValue());
        }
        String name = requested.orElse(current);
        if (!name.equals(current) && !settings.allowedModels().contains(name)) {
            List<String> allowed = new ArrayList<>(settings.allowedModels());
            allowed.add(0, current);
            throw new HttpError(
                    403, Check.message("model", "one of " + String.join(", ", allowed), SafeText.sanitize(name)));
        }
        try {
            model.reload(name);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "model " + name + " cannot be loaded", e);
            throw new HttpError(500, "model " + name + " cannot be loaded; the log of the service contains the cause");
        }
        Json.respond(ctx, status().put("success", true).put("message", "the model is loaded"));
    }
}
