package da3.server.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.geometry.check.Check;
import da3.server.tasks.SceneDescription.SceneView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The JSON file format of scene descriptions. */
final class SceneJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private SceneJson() {}

    static byte[] bytes(SceneDescription scene) {
        ObjectNode node = JSON.createObjectNode();
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
        scene.files().glb().ifPresent(path -> node.put("glb", path));
        scene.files().mesh().ifPresent(path -> node.put("mesh", path));
        scene.files().gaussians().ifPresent(path -> node.put("gaussians", path));
        scene.files().video().ifPresent(path -> node.put("video", path));
        return TaskJson.bytes(node);
    }

    /**
     * Parses a description.
     *
     * @throws IllegalArgumentException if a field is missing or has the wrong type
     * @throws IOException if the bytes are not JSON
     */
    static SceneDescription scene(byte[] bytes) throws IOException {
        JsonNode node = JSON.readTree(bytes);
        List<SceneView> views = new ArrayList<>();
        for (JsonNode view : node.required("views")) {
            views.add(new SceneView(
                    view.required("index").intValue(),
                    required(view, "name"),
                    view.required("width").intValue(),
                    view.required("height").intValue(),
                    numbers(view, "extrinsics"),
                    numbers(view, "intrinsics"),
                    required(view, "photo"),
                    required(view, "depth"),
                    text(view, "confidence")));
        }
        return new SceneDescription(
                required(node, "name"),
                node.required("metric").booleanValue(),
                views,
                new SceneFiles(text(node, "glb"), text(node, "mesh"), text(node, "gaussians"), text(node, "video")));
    }

    private static String required(JsonNode node, String field) {
        return text(node, field).orElseThrow(() -> Check.invalid(field, "a string", node.get(field)));
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field)).map(JsonNode::textValue);
    }

    private static Optional<List<Double>> numbers(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field)).filter(JsonNode::isArray).map(list -> {
            List<Double> numbers = new ArrayList<>();
            list.forEach(number -> numbers.add(number.doubleValue()));
            return numbers;
        });
    }
}
