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

/** The service itself: how it is, what it holds, and what it can let go. */
final class ServiceHandlers {

    private static final System.Logger LOG = System.getLogger(ServiceHandlers.class.getName());
    private static final int MAX_BODY = 4096;

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
                Route.guarded("POST", "/reload", reloads.around(this::reload)));
    }

    /** A service that must be started again is not well. */
    private void health(Context ctx) {
        answer(ctx, isStuck() ? "stuck" : "ok", "ok");
    }

    private void ready(Context ctx) {
        String state = stopping.getAsBoolean()
                ? "stopping"
                : isStuck() ? "stuck" : model.status().loading() ? "loading" : "ready";
        answer(ctx, state, "ready");
    }

    private boolean isStuck() {
        return !stopping.getAsBoolean() && !tasks.isWorking();
    }

    private static void answer(Context ctx, String state, String good) {
        Json.answer(ctx, state.equals(good) ? 200 : 503, Json.object().put("status", state));
    }

    private void status(Context ctx) {
        Json.answer(ctx, status());
    }

    private ObjectNode status() {
        ModelStatus held = model.status();
        ObjectNode json = Json.object();
        json.put("model_loaded", held.loaded());
        json.put("model", held.name());
        json.put("model_dir", held.name()); // the reference's word for it
        Json.putText(json, "device", held.engine());
        Json.putText(json, "engine", held.engine());
        held.loadTime()
                .ifPresentOrElse(time -> json.put("load_time", time.toMillis() / 1e3), () -> json.putNull("load_time"));
        Json.putTime(json, "last_used", held.lastUsed());
        json.put("uptime", Duration.between(start, Instant.now()).toMillis() / 1e3);
        json.put("queue_length", tasks.queueLength());
        json.put("queue_capacity", tasks.settings().queueCapacity());
        json.put("version", Version.CURRENT);
        json.putObject("model_has")
                .put("camera", held.camera())
                .put("gaussians", held.gaussians())
                .put("metric", held.metric());
        held.processingSize().ifPresentOrElse(side -> json.put("process_res", side), () -> json.putNull("process_res"));
        json.putObject("limits")
                .put("max_body_bytes", settings.maxBodyBytes())
                .put("max_pixels", tasks.settings().maxPixels())
                .put("max_views", Math.min(settings.maxFiles(), tasks.settings().maxViews()));
        json.putNull("gpu_memory");
        return json;
    }

    private void gpuMemory(Context ctx) {
        Json.answer(
                ctx,
                Json.object().put("available", false).put("message", "the engine does not tell of a GPU's memory"));
    }

    private void cleanUp(Context ctx) {
        int removed = tasks.prune();
        Json.answer(ctx, Json.object().put("success", true).put("removed", removed));
    }

    private void reload(Context ctx) throws IOException, InterruptedException {
        String current = model.status().name();
        Optional<String> asked = Optional.empty();
        if (ctx.contentType() != null) {
            ObjectNode body = JsonBody.read(ctx, MAX_BODY, settings.bodyTimeout());
            JsonNode named = Json.fields(body, "model").get("model");
            if (!named.isMissingNode() && !named.isTextual()) {
                throw HttpError.malformed(Check.message("model", "a text", SafeText.shortened(named.toString())));
            }
            asked = Optional.ofNullable(named.textValue());
        }
        String name = asked.orElse(current);
        if (!name.equals(current) && !settings.allowedModels().contains(name)) {
            List<String> allowed = new ArrayList<>(settings.allowedModels());
            allowed.add(0, current);
            throw new HttpError(
                    403, Check.message("model", "one of " + String.join(", ", allowed), SafeText.shortened(name)));
        }
        try {
            model.reload(name);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "model " + name + " cannot be loaded", e);
            throw new HttpError(500, "model " + name + " cannot be loaded; the service's log says why");
        }
        Json.answer(ctx, status().put("success", true).put("message", "the model is loaded"));
    }
}
