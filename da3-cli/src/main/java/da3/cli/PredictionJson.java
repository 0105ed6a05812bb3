package da3.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.core.Prediction;
import da3.core.Provenance;
import da3.geometry.Camera;
import da3.geometry.View;
import java.nio.file.Path;
import java.util.List;

/** The output of {@code --json}: files, cameras and provenance. */
final class PredictionJson {

    private PredictionJson() {}

    /** Returns one line of JSON. Extrinsics are world-to-camera, (3, 4) row-major; intrinsics are fx, fy, cx, cy in pixels. */
    static String of(Prediction prediction, List<Path> files, double seconds) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        ArrayNode names = root.putArray("files");
        files.forEach(file -> names.add(file.toString()));
        root.put("seconds", seconds);
        root.put("metric", prediction.scene().metric());
        ArrayNode views = root.putArray("views");
        for (View view : prediction.scene().views()) {
            ObjectNode node = views.addObject();
            node.put("width", view.depth().width());
            node.put("height", view.depth().height());
            view.camera().ifPresent(camera -> put(node, camera));
        }
        ArrayNode warnings = root.putArray("warnings");
        prediction.warnings().forEach(warnings::add);
        put(root.putObject("provenance"), prediction.provenance());
        return root.toString();
    }

    private static void put(ObjectNode node, Camera camera) {
        ArrayNode extrinsics = node.putArray("extrinsics");
        double[] r = camera.pose().rotation().toArray();
        double[] t = {
            camera.pose().translation().x(),
            camera.pose().translation().y(),
            camera.pose().translation().z()
        };
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                extrinsics.add(r[3 * row + column]);
            }
            extrinsics.add(t[row]);
        }
        node.putArray("intrinsics")
                .add(camera.intrinsics().fx())
                .add(camera.intrinsics().fy())
                .add(camera.intrinsics().cx())
                .add(camera.intrinsics().cy());
    }

    private static void put(ObjectNode node, Provenance provenance) {
        node.put("weights", provenance.weights());
        provenance.weightsHash().ifPresent(hash -> node.put("weightsSha256", hash));
        provenance.preset().ifPresent(preset -> node.put("preset", preset));
        node.put("resolution", provenance.resolution());
        node.put("engine", provenance.engine());
        node.put("precision", provenance.precision());
        node.put("threads", provenance.threads());
        node.put("seed", provenance.seed());
        node.put("version", provenance.version());
    }
}
