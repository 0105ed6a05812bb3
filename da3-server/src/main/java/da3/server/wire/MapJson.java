package da3.server.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.geometry.Pose;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import da3.streaming.MapChanges;
import da3.streaming.store.LoopInfo;
import java.util.List;

/** The JSON form of maps. Poses are camera-to-world: x, y, z, and the quaternion qx, qy, qz, qw. */
public final class MapJson {

    private MapJson() {}

    /** Returns what changed in the map of a running task. */
    public static ObjectNode of(MapChanges changes) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("since", changes.since());
        json.put("version", changes.version());
        json.put("frames", changes.frames());
        ArrayNode poses = json.putArray("poses");
        changes.poses()
                .forEach((frame, pose) -> poses.addObject().put("frame", frame).set("pose", pose(pose)));
        ArrayNode tiles = json.putArray("tiles");
        changes.tiles().forEach((id, points) -> tiles.addObject().put("id", id).put("points", points));
        json.set("loops", loops(changes.loops()));
        return json;
    }

    /** Returns the numbers of a camera-to-world pose, with the precision of floats. */
    public static ArrayNode pose(Pose cameraToWorld) {
        Vec3 center = cameraToWorld.translation();
        Quaternion q = Quaternion.ofMatrix(cameraToWorld.rotation());
        ArrayNode numbers = JsonNodeFactory.instance.arrayNode();
        for (double number : new double[] {center.x(), center.y(), center.z(), q.x(), q.y(), q.z(), q.w()}) {
            numbers.add((float) number);
        }
        return numbers;
    }

    /** Returns the two frames of each loop. */
    public static ArrayNode loops(List<LoopInfo> loops) {
        ArrayNode pairs = JsonNodeFactory.instance.arrayNode();
        loops.forEach(loop -> pairs.addArray().add(loop.from()).add(loop.to()));
        return pairs;
    }
}
