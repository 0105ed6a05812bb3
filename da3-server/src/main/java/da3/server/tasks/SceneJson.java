package da3.server.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.server.tasks.SceneDescription.SceneView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A scene's description as the bytes of its file. */
final class SceneJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private SceneJson() {}

    static byte[] bytes(SceneDescription scene) {
        ObjectNode node = JSON.createObjectNode();
        node.put("task_id", scene.taskId().toString());
        node.put("name", scene.name());
        node.put("metric", scene.metric());
        ArrayNode views = node.putArray("views");
        for (SceneView view : scene.views()) {
            ObjectNode one = views.addObject();
            one.put("index", view.index());
            one.put("name", view.name());
            one.put("width", view.width());
            one.put("height", view.height());
            view.extrinsics().ifPresent(numbers -> numbers.forEach(one.withArray("extrinsics")::add));
            view.intrinsics().ifPresent(numbers -> numbers.forEach(one.withArray("intrinsics")::add));
            one.put("photo", view.photo());
            one.put("depth", view.depth());
            view.confidence().ifPresent(path -> one.put("confidence", path));
        }
        scene.glb().ifPresent(path -> node.put("glb", path));
        scene.mesh().ifPresent(path -> node.put("mesh", path));
        scene.gaussians().ifPresent(path -> node.put("gaussians", path));
        scene.video().ifPresent(path -> node.put("video", path));
        return TaskJson.bytes(node);
    }

    static SceneDescription scene(byte[] bytes) throws IOException {
        JsonNode node = JSON.readTree(bytes);
        List<SceneView> views = new ArrayList<>();
        for (JsonNode view : node.required("views")) {
            views.add(new SceneView(
                    view.required("index").intValue(),
                    view.required("name").textValue(),
                    view.required("width").intValue(),
                    view.required("height").intValue(),
                    numbers(view, "extrinsics"),
                    numbers(view, "intrinsics"),
                    view.required("photo").textValue(),
                    view.required("depth").textValue(),
                    text(view, "confidence")));
        }
        return new SceneDescription(
                UUID.fromString(node.required("task_id").textValue()),
                node.required("name").textValue(),
                node.required("metric").booleanValue(),
                views,
                text(node, "glb"),
                text(node, "mesh"),
                text(node, "gaussians"),
                text(node, "video"));
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field)).map(JsonNode::textValue);
    }

    private static Optional<List<Double>> numbers(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field)).map(list -> {
            List<Double> numbers = new ArrayList<>();
            list.forEach(number -> numbers.add(number.doubleValue()));
            return numbers;
        });
    }
}
