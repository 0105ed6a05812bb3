package da3.server.tasks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.server.wire.MapJson;
import da3.streaming.StreamingMap;
import java.io.IOException;

/** The description of a finished map for viewers: its tile set, the path of the cameras, and loops. */
public final class MapDescription {

    /** Name of the file in the results of a task that streams. */
    public static final String FILE = "map.json";

    /** Name of the image of the first frame. */
    static final String COVER = "scene.jpg";

    private MapDescription() {}

    /** Returns the description as JSON. Poses are camera-to-world; the camera is that of the first frame. */
    static byte[] bytes(StreamingMap map) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("metric", map.metric());
        json.put("tileset", "tiles/tileset.json");
        Image image = map.view(0).image();
        Intrinsics k = map.cameras().get(0).intrinsics();
        json.putObject("camera")
                .put("width", image.width())
                .put("height", image.height())
                .set(
                        "intrinsics",
                        JsonNodeFactory.instance
                                .arrayNode()
                                .add(k.fx())
                                .add(k.fy())
                                .add(k.cx())
                                .add(k.cy()));
        ArrayNode poses = json.putArray("poses");
        for (Camera camera : map.cameras()) {
            poses.add(MapJson.pose(camera.pose().inverse()));
        }
        json.set("loops", MapJson.loops(map.acceptedLoops()));
        return TaskJson.bytes(json);
    }
}
