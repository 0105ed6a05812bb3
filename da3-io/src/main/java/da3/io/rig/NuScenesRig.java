package da3.io.rig;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.lens.Pinhole;
import da3.geometry.math.Mat3;
import da3.geometry.rig.Rig;
import da3.geometry.rig.RigCamera;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tables {@code sensor.json} and {@code calibrated_sensor.json} of nuScenes. Poses in them are sensor-to-vehicle, with
 * the scalar of a quaternion first. Images are rectified. Image sizes are in another table and stay unknown.
 */
final class NuScenesRig {

    static final String CALIBRATIONS = "calibrated_sensor.json";
    static final String SENSORS = "sensor.json";
    private static final String CAMERA = "camera";

    private NuScenesRig() {}

    /**
     * Reads the cameras of the only vehicle of a folder.
     *
     * @throws IOException if a table cannot be read, or a channel has different calibrations
     */
    static Rig read(Path folder) throws IOException {
        return read(folder, Optional.empty()).rig();
    }

    /**
     * The calibrations of one vehicle.
     *
     * @param names names of cameras by the token of their calibration
     */
    record Calibrations(Rig rig, Map<String, String> names) {}

    /**
     * Reads the cameras of one vehicle.
     *
     * @param used tokens of the calibrations to read; empty for all
     */
    static Calibrations read(Path folder, Optional<Set<String>> used) throws IOException {
        Map<String, String> channels = channels(folder.resolve(SENSORS));
        Path file = folder.resolve(CALIBRATIONS);
        Tree root = Tree.json(file);
        List<RigCamera> cameras = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        for (Tree calibration : root.elements()) {
            String channel = channels.get(calibration.get("sensor_token").text());
            String token = calibration.get("token").text();
            boolean isUsed = used.isEmpty() || used.get().contains(token);
            if (channel == null || !isUsed) {
                continue;
            }
            if (names.containsValue(channel)) {
                throw new RigFormatException(
                        file, "camera " + channel + " has several calibrations: choose a scene (--scene)");
            }
            names.put(token, channel);
            cameras.add(calibration.checked(() -> camera(channel, calibration)));
        }
        return new Calibrations(root.checked(() -> new Rig(cameras)), names);
    }

    /** Returns the channels of cameras by the tokens of sensors. */
    private static Map<String, String> channels(Path file) throws IOException {
        Map<String, String> channels = new HashMap<>();
        for (Tree sensor : Tree.json(file).elements()) {
            if (sensor.get("modality").text().equals(CAMERA)) {
                channels.put(sensor.get("token").text(), sensor.get("channel").text());
            }
        }
        return channels;
    }

    private static RigCamera camera(String channel, Tree calibration) throws RigFormatException {
        double[] k = calibration.get("camera_intrinsic").numbers(9);
        return new RigCamera(
                channel,
                pose(calibration).inverse(),
                new Pinhole(OpenCvLens.intrinsics(k[0], k[4], k[2], k[5])),
                Optional.empty());
    }

    /** Returns the pose of a record with a translation and a rotation. */
    static Pose pose(Tree tree) throws RigFormatException {
        double[] rotation = tree.get("rotation").numbers(4);
        double[] translation = tree.get("translation").numbers(3);
        return tree.checked(() -> Rotations.scalarFirst(rotation, translation));
    }

    static void write(Rig rig, Path folder) throws IOException {
        ArrayNode sensors = new JsonMapper().createArrayNode();
        ArrayNode calibrations = new JsonMapper().createArrayNode();
        for (RigCamera camera : rig.cameras()) {
            Intrinsics intrinsics = OpenCvLens.pinhole(camera, "nuScenes");
            String sensor = "sensor-" + camera.name();
            sensors.addObject()
                    .put("token", sensor)
                    .put("channel", camera.name())
                    .put("modality", CAMERA);
            ObjectNode node = calibrations.addObject();
            node.put("token", "calibration-" + camera.name()).put("sensor_token", sensor);
            Pose rigFromSensor = camera.sensorFromRig().inverse();
            Tree.add(node.putArray("translation"), Rotations.translation(rigFromSensor));
            Tree.add(node.putArray("rotation"), Rotations.scalarFirst(rigFromSensor));
            double[] k = OpenCvLens.values(intrinsics);
            double[] rows = new Mat3(k[0], 0, k[2], 0, k[1], k[3], 0, 0, 1).toArray();
            ArrayNode matrix = node.putArray("camera_intrinsic");
            for (int row = 0; row < 3; row++) {
                Tree.add(matrix.addArray(), rows[3 * row], rows[3 * row + 1], rows[3 * row + 2]);
            }
        }
        RigFormat.write(folder.resolve(SENSORS), sensors.toPrettyString());
        RigFormat.write(folder.resolve(CALIBRATIONS), calibrations.toPrettyString());
    }
}
