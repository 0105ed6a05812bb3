package da3.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.export.ExportFormat;
import da3.server.tasks.SceneDescription;
import da3.server.tasks.SceneDescription.SceneView;
import da3.server.tasks.Task;
import da3.server.wire.OptionsJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The JSON form of tasks and scenes. Source of field names: reference file services/backend.py, TaskStatus. */
final class TaskJson {

    private TaskJson() {}

    static ObjectNode of(Task task) {
        ObjectNode json = Json.object();
        json.put("task_id", task.id().toString());
        json.put("name", task.name());
        json.put("status", task.status().id());
        json.put("message", task.message());
        json.put("progress", task.progress());
        json.put("stage", task.stage());
        Json.putTime(json, "created_at", Optional.of(task.createdAt()));
        Json.putTime(json, "started_at", task.startedAt());
        Json.putTime(json, "completed_at", task.completedAt());
        task.processingTime()
                .ifPresentOrElse(
                        time -> json.put("processing_time", time.toMillis() / 1e3),
                        () -> json.putNull("processing_time"));
        json.put("num_images", task.views());
        // The path of the workspace is not disclosed.
        Json.putText(json, "export_dir", task.exportDirectory().map(Path::toString));
        json.put("export_format", ExportFormat.ids(task.options().job().formats()));
        json.set("request", OptionsJson.of(task.options()));
        ArrayNode warnings = json.putArray("warnings");
        task.warnings().forEach(warnings::add);
        task.error().ifPresent(error -> json.put("error", error));
        return json;
    }

    /** @param task id of the task that computed the scene; empty for scenes of a gallery */
    static ObjectNode of(SceneDescription scene, Optional<UUID> task) {
        ObjectNode json = Json.object();
        Json.putText(json, "task_id", task.map(UUID::toString));
        json.put("name", scene.name());
        json.put("metric", scene.metric());
        ArrayNode views = json.putArray("views");
        scene.views().forEach(view -> views.add(of(view)));
        Json.putText(json, "glb", scene.files().glb());
        Json.putText(json, "mesh", scene.files().mesh());
        Json.putText(json, "gaussians", scene.files().gaussians());
        Json.putText(json, "video", scene.files().video());
        return json;
    }

    private static ObjectNode of(SceneView view) {
        ObjectNode json = Json.object();
        json.put("index", view.index());
        json.put("name", view.name());
        json.put("width", view.width());
        json.put("height", view.height());
        putNumbers(json, "extrinsics", view.extrinsics());
        putNumbers(json, "intrinsics", view.intrinsics());
        json.put("photo", view.photo());
        json.put("depth", view.depth());
        Json.putText(json, "confidence", view.confidence());
        return json;
    }

    private static void putNumbers(ObjectNode json, String field, Optional<List<Double>> numbers) {
        json.putNull(field);
        numbers.ifPresent(all -> {
            ArrayNode list = json.putArray(field);
            all.forEach(list::add);
        });
    }
}
