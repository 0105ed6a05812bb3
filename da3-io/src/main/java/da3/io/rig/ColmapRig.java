package da3.io.rig;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.geometry.lens.CameraModel;
import da3.geometry.rig.Rig;
import da3.geometry.rig.RigCamera;
import da3.io.colmap.ColmapCameraModel;
import da3.io.colmap.ColmapLens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * COLMAP's {@code rig_config.json} (3.12): a list of rigs, whose cameras have an image prefix, a pose of the camera in the
 * rig with the quaternion's scalar first, and a camera model. The reference sensor is the frame of the rig. The name of a
 * camera is its image prefix without the last slash; images with the same name under all prefixes are an instant.
 */
final class ColmapRig {

    private ColmapRig() {}

    /**
     * Reads the only rig of a file.
     *
     * @throws IOException if the file cannot be read or does not contain one rig with complete calibrations
     */
    static Rig read(Path file) throws IOException {
        List<Tree> rigs = Tree.json(file).elements();
        if (rigs.size() != 1) {
            throw new RigFormatException(file, Check.message("number of rigs", "1", rigs.size()));
        }
        List<RigCamera> cameras = new ArrayList<>();
        int references = 0;
        for (Tree camera : rigs.get(0).get("cameras").elements()) {
            boolean reference =
                    camera.has("ref_sensor") && camera.get("ref_sensor").flag();
            references += reference ? 1 : 0;
            cameras.add(camera.checked(() -> camera(camera, reference)));
        }
        if (references != 1) {
            throw new RigFormatException(file, Check.message("number of reference sensors", "1", references));
        }
        return rigs.get(0).checked(() -> new Rig(cameras));
    }

    private static RigCamera camera(Tree camera, boolean reference) throws RigFormatException {
        String prefix = camera.get("image_prefix").text();
        String name = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        Pose pose = reference
                ? Pose.IDENTITY
                : Rotations.scalarFirst(
                        camera.get("cam_from_rig_rotation").numbers(4),
                        camera.get("cam_from_rig_translation").numbers(3));
        return new RigCamera(name, pose, lens(camera), Optional.empty());
    }

    private static CameraModel lens(Tree camera) throws RigFormatException {
        String name = camera.get("camera_model_name").text();
        ColmapCameraModel model = ColmapCameraModel.named(name)
                .orElseThrow(() -> Check.invalid("camera model", "one of " + ColmapCameraModel.names(), name));
        return model.lens(camera.get("camera_params").numbers(model.parameters()));
    }

    /** Returns the text of a rig, whose first camera becomes the reference sensor, and so the frame of the rig. */
    static String text(Rig rig) {
        Rig ofFirst = rig.inFrame(rig.cameras().get(0).sensorFromRig());
        ArrayNode rigs = new JsonMapper().createArrayNode();
        ArrayNode cameras = rigs.addObject().putArray("cameras");
        for (RigCamera camera : ofFirst.cameras()) {
            ObjectNode node = cameras.addObject().put("image_prefix", camera.name() + "/");
            if (cameras.size() == 1) {
                node.put("ref_sensor", true);
            } else {
                Tree.add(node.putArray("cam_from_rig_rotation"), Rotations.scalarFirst(camera.sensorFromRig()));
                Tree.add(node.putArray("cam_from_rig_translation"), Rotations.translation(camera.sensorFromRig()));
            }
            ColmapLens lens = ColmapLens.of(camera.lens());
            node.put("camera_model_name", lens.model().name());
            Tree.add(node.putArray("camera_params"), lens.parameters());
        }
        return rigs.toPrettyString();
    }
}
