package da3.spark;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.core.Prediction;
import da3.core.Provenance;
import da3.geometry.Camera;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import java.util.Arrays;
import java.util.List;

/** The result of a scene as JSON, in the fields of {@link SceneJob#SCHEMA}. */
final class SceneResult {

    private SceneResult() {}

    /**
     * Returns the result of a prediction.
     *
     * @param names file names of the images
     * @param files exported files
     */
    static ObjectNode of(String id, Prediction prediction, List<String> names, double seconds, List<String> files) {
        ObjectNode root = Json.object().put("id", id);
        root.put("metric", prediction.scene().metric());
        root.put("seconds", seconds);
        ArrayNode views = root.putArray("views");
        for (int i = 0; i < names.size(); i++) {
            put(views.addObject().put("name", names.get(i)), prediction.scene().view(i));
        }
        files.forEach(root.putArray("exports")::add);
        prediction.warnings().forEach(root.putArray("warnings")::add);
        put(root.putObject("provenance"), prediction.provenance());
        return root;
    }

    private static void put(ObjectNode node, View view) {
        node.put("width", view.depth().width()).put("height", view.depth().height());
        view.camera().ifPresent(camera -> put(node, camera));
        put(node.putObject("depth"), view.depth());
        view.confidence().ifPresent(confidence -> put(node.putObject("confidence"), confidence));
    }

    private static void put(ObjectNode node, Camera camera) {
        Arrays.stream(camera.pose().toMatrix3x4()).forEach(node.putArray("extrinsics")::add);
        node.putArray("intrinsics")
                .add(camera.intrinsics().fx())
                .add(camera.intrinsics().fy())
                .add(camera.intrinsics().cx())
                .add(camera.intrinsics().cy());
    }

    /** Puts statistics of the finite values of a map. */
    private static void put(ObjectNode node, ScalarMap map) {
        float[] values = map.values().clone();
        Arrays.sort(values); // NaN and positive infinity last
        int first = 0;
        while (first < values.length && values[first] == Float.NEGATIVE_INFINITY) {
            first++;
        }
        int end = values.length;
        while (end > first && !Float.isFinite(values[end - 1])) {
            end--;
        }
        int count = end - first;
        node.put("finite", count / (double) values.length);
        if (count > 0) {
            double sum = 0;
            for (int i = first; i < end; i++) {
                sum += values[i];
            }
            node.put("min", values[first]);
            node.put("median", values[first + count / 2]);
            node.put("mean", sum / count);
            node.put("max", values[end - 1]);
        }
    }

    private static void put(ObjectNode node, Provenance provenance) {
        node.put("weights", provenance.weights());
        provenance.weightsHash().ifPresent(hash -> node.put("weightsSha256", hash));
        node.put("resolution", provenance.resolution());
        node.put("engine", provenance.engine());
        node.put("precision", provenance.precision());
        node.put("threads", provenance.threads());
        node.put("seed", provenance.seed());
        node.put("version", provenance.version());
    }
}
