package da3.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Scene;
import da3.geometry.Vec3;
import da3.geometry.View;
import java.util.Base64;

/** The numbers that the page's viewer and read-outs work with, as JSON with binary parts in Base64. */
final class SceneData {

    /** Steps of depth between nothing and the farthest: what 16 bits hold. */
    private static final int STEPS = 65_535;

    private static final ObjectMapper JSON = new ObjectMapper();

    private SceneData() {}

    static String json(Scene truth, PointCloud cloud) {
        ObjectNode node = JSON.createObjectNode();
        node.put("points", cloud.size());
        node.put("positions", base64(cloud.littleEndianPositions())); // float32 (points, 3)
        node.put("colours", base64(cloud.colours())); // uint8 (points, 3)
        Vec3 middle = cloud.middle();
        node.putArray("middle").add(middle.x()).add(middle.y()).add(middle.z());
        ArrayNode views = node.putArray("views");
        for (View view : truth.views()) {
            add(view, views.addObject());
        }
        return node.toString();
    }

    private static void add(View view, ObjectNode node) {
        Camera camera = view.camera().orElseThrow();
        Intrinsics k = camera.intrinsics();
        node.put("width", view.depth().width());
        node.put("height", view.depth().height());
        node.putArray("intrinsics").add(k.fx()).add(k.fy()).add(k.cx()).add(k.cy());
        ArrayNode toWorld = node.putArray("toWorld"); // 3x4, row-major
        for (double value : camera.pose().inverse().toMatrix3x4()) {
            toWorld.add(value);
        }
        float most = 0;
        for (float depth : view.depth().values()) {
            most = Math.max(most, depth);
        }
        node.put("depthStep", most / STEPS);
        node.put("depth", base64(steps(view.depth().values(), most))); // uint16 little-endian, times depthStep
    }

    private static byte[] steps(float[] depth, float most) {
        byte[] bytes = new byte[2 * depth.length];
        for (int i = 0; i < depth.length; i++) {
            int steps = most == 0 ? 0 : Math.round(depth[i] / most * STEPS);
            bytes[2 * i] = (byte) steps;
            bytes[2 * i + 1] = (byte) (steps >> 8);
        }
        return bytes;
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
