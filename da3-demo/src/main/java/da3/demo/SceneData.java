package da3.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Scene;
import da3.geometry.View;
import java.util.Base64;

/** Encodes cameras and depth maps for the viewer and the read-outs of the page, as JSON with depth maps in Base64. */
final class SceneData {

    /** Number of depth steps up to the maximum, as 16 bits can hold. */
    private static final int STEPS = 65_535;

    private static final ObjectMapper JSON = new ObjectMapper();

    private SceneData() {}

    /** Returns truth and prediction; predicted depth is 0 where the true depth is unknown, such as in the sky. */
    static String json(Scene truth, Comparison comparison) {
        ObjectNode node = JSON.createObjectNode();
        node.put("predictsCameras", comparison.predictsCameras());
        ArrayNode trueViews = node.putArray("truth");
        ArrayNode predictedViews = node.putArray("prediction");
        for (int i = 0; i < truth.views().size(); i++) {
            float[] known = truth.view(i).depth().values();
            add(truth.view(i), known, trueViews.addObject());
            add(comparison.views().get(i), known, predictedViews.addObject());
        }
        return node.toString();
    }

    private static void add(View view, float[] known, ObjectNode node) {
        Camera camera = view.camera().orElseThrow();
        Intrinsics k = camera.intrinsics();
        node.put("width", view.depth().width());
        node.put("height", view.depth().height());
        node.putArray("intrinsics").add(k.fx()).add(k.fy()).add(k.cx()).add(k.cy());
        ArrayNode extrinsics = node.putArray("extrinsics"); // world-to-camera, 3x4, row-major
        for (double value : camera.pose().toMatrix3x4()) {
            extrinsics.add(value);
        }
        float[] depth = view.depth().values().clone();
        float max = 0;
        for (int i = 0; i < depth.length; i++) {
            depth[i] = known[i] > 0 ? Math.max(0, depth[i]) : 0;
            max = Math.max(max, depth[i]);
        }
        node.put("depthStep", max / STEPS);
        node.put("depth", base64(steps(depth, max))); // uint16 little-endian, times depthStep
    }

    private static byte[] steps(float[] depth, float max) {
        byte[] bytes = new byte[2 * depth.length];
        for (int i = 0; i < depth.length; i++) {
            int steps = max == 0 ? 0 : Math.round(depth[i] / max * STEPS);
            bytes[2 * i] = (byte) steps;
            bytes[2 * i + 1] = (byte) (steps >> 8);
        }
        return bytes;
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
