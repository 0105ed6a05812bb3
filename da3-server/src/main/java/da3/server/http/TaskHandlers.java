package da3.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.server.tasks.SceneDescription;
import da3.server.tasks.Task;
import da3.server.tasks.TaskService;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/** Routes for listing, reading, cancelling and deleting tasks. */
final class TaskHandlers {

    private final TaskService tasks;

    TaskHandlers(TaskService tasks) {
        this.tasks = tasks;
    }

    List<Route> routes() {
        return List.of(
                Route.guarded("GET", "/task/{id}", ctx -> Json.respond(ctx, TaskJson.of(TaskIds.find(tasks, ctx)))),
                Route.guarded("GET", "/tasks", this::list),
                Route.guarded("POST", "/task/{id}/cancel", this::cancel),
                Route.guarded("DELETE", "/task/{id}", this::delete),
                Route.guarded("GET", "/task/{id}/scene", this::scene));
    }

    private void list(Context ctx) {
        List<Task> all = tasks.tasks();
        ObjectNode json = Json.object();
        ArrayNode active = json.putArray("active_tasks");
        ArrayNode ended = json.putArray("completed_tasks");
        all.forEach(task -> (task.status().ended() ? ended : active).add(TaskJson.of(task)));
        json.put("active_count", active.size());
        json.put("total_count", all.size());
        Json.respond(ctx, json);
    }

    private void cancel(Context ctx) {
        Json.respond(ctx, TaskJson.of(TaskIds.call(ctx, 409, tasks::cancel)));
    }

    private void delete(Context ctx) throws IOException {
        TaskIds.call(ctx, 400, id -> {
            tasks.delete(id);
            return id;
        });
        Json.respond(ctx, Json.object().put("success", true));
    }

    private void scene(Context ctx) throws IOException {
        SceneDescription scene;
        try {
            scene = TaskIds.call(ctx, 409, tasks.results()::scene);
        } catch (NoSuchFileException e) {
            throw HttpError.taskNotFound(); // deleted in the meantime
        }
        Json.respond(ctx, TaskJson.of(scene, Optional.of(TaskIds.of(ctx))));
    }
}
