package da3.io.rig;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.geometry.lens.BrownConrady;
import da3.geometry.lens.CameraModel;
import da3.geometry.lens.Fisheye;
import da3.geometry.lens.Pinhole;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import da3.geometry.rig.Rig;
import da3.geometry.rig.RigCamera;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * CameraInfo files of ROS in the format of {@code camera_calibration}, one for each camera, and the static transforms
 * between their frames as {@code ros2 topic echo --once /tf_static} prints them. The frame of a camera is its
 * {@code camera_name}, or that name with {@code _optical_frame} or {@code _optical}. CameraInfo itself has no poses.
 */
final class RosRig {

    static final String TRANSFORMS = "tf_static.yaml";
    private static final String INFO_END = ".yaml";
    private static final String ROOT = "base_link";
    private static final String IN_FORMAT = "the format of ROS";

    private RosRig() {}

    static Rig read(Path folder) throws IOException {
        RosFrames frames = RosFrames.read(folder.resolve(TRANSFORMS));
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.getFileName().toString().endsWith(INFO_END))
                    .filter(file -> !file.getFileName().toString().equals(TRANSFORMS))
                    .sorted()
                    .toList();
        }
        if (files.isEmpty()) {
            throw new RigFormatException(folder, "no CameraInfo files (NAME.yaml)");
        }
        List<RigCamera> cameras = new ArrayList<>();
        String root = "";
        for (Path file : files) {
            Tree info = Tree.yaml(file);
            String name = info.get("camera_name").text();
            RosFrames.Placed frame = frames.find(name);
            root = root.isEmpty() ? frame.root() : root;
            if (!frame.root().equals(root)) {
                throw new RigFormatException(
                        frames.file(), Check.message("root of the frame of camera " + name, root, frame.root()));
            }
            Pose pose = frame.rootFromFrame().inverse();
            cameras.add(info.checked(() -> new RigCamera(
                    name,
                    pose,
                    lens(info),
                    Optional.of(new RigCamera.Size(
                            info.get("image_width").integer(),
                            info.get("image_height").integer())))));
        }
        return new Rig(cameras);
    }

    private static CameraModel lens(Tree info) throws RigFormatException {
        double[] k = info.get("camera_matrix").get("data").numbers(9);
        Intrinsics intrinsics = OpenCvLens.intrinsics(k[0], k[4], k[2], k[5]);
        double[] d = info.has("distortion_coefficients")
                ? info.get("distortion_coefficients").get("data").numbers()
                : new double[0];
        String model =
                info.has("distortion_model") ? info.get("distortion_model").text() : "";
        return switch (model) {
            case "plumb_bob", "rational_polynomial" ->
                isZero(d) ? new Pinhole(intrinsics) : OpenCvLens.brownConrady(intrinsics, d);
            case "equidistant" -> OpenCvLens.equidistant(intrinsics, d);
            default ->
                throw Check.invalid(
                        "distortion_model", "plumb_bob, rational_polynomial or equidistant", "'" + model + "'");
        };
    }

    private static boolean isZero(double[] values) {
        for (double value : values) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    /** Writes a rig; its cameras' names become names of files. */
    static void write(Rig rig, Path folder) throws IOException {
        for (RigCamera camera : rig.cameras()) {
            if (camera.name().contains("/") || camera.name().contains("\\")) {
                throw Check.invalid("name of a camera in " + IN_FORMAT, "without '/' and '\\'", camera.name());
            }
        }
        YAMLMapper mapper = new YAMLMapper();
        ObjectNode transforms = mapper.createObjectNode();
        ArrayNode list = transforms.putArray("transforms");
        for (RigCamera camera : rig.cameras()) {
            RigFormat.write(folder.resolve(camera.name() + INFO_END), mapper.writeValueAsString(info(camera)));
            Pose rigFromSensor = camera.sensorFromRig().inverse();
            ObjectNode node = list.addObject();
            node.putObject("header").put("frame_id", ROOT);
            node.put("child_frame_id", camera.name());
            ObjectNode transform = node.putObject("transform");
            Vec3 t = rigFromSensor.translation();
            transform.putObject("translation").put("x", t.x()).put("y", t.y()).put("z", t.z());
            Quaternion q = Quaternion.ofMatrix(rigFromSensor.rotation());
            transform
                    .putObject("rotation")
                    .put("x", q.x())
                    .put("y", q.y())
                    .put("z", q.z())
                    .put("w", q.w());
        }
        RigFormat.write(folder.resolve(TRANSFORMS), mapper.writeValueAsString(transforms));
    }

    private static ObjectNode info(RigCamera camera) {
        ObjectNode node = new YAMLMapper().createObjectNode();
        RigCamera.Size size = OpenCvLens.size(camera, IN_FORMAT);
        node.put("image_width", size.width()).put("image_height", size.height());
        node.put("camera_name", camera.name());
        double[] k = OpenCvLens.values(camera.lens().intrinsics());
        matrix(node, "camera_matrix", 3, k[0], 0, k[2], 0, k[1], k[3], 0, 0, 1);
        CameraModel lens = camera.lens();
        if (lens instanceof Pinhole) {
            node.put("distortion_model", "plumb_bob");
            matrix(node, "distortion_coefficients", 1, 0, 0, 0, 0, 0);
        } else if (lens instanceof BrownConrady b && b.k4() == 0 && b.k5() == 0 && b.k6() == 0) {
            node.put("distortion_model", "plumb_bob");
            matrix(node, "distortion_coefficients", 1, b.k1(), b.k2(), b.p1(), b.p2(), b.k3());
        } else if (lens instanceof BrownConrady b) {
            node.put("distortion_model", "rational_polynomial");
            matrix(node, "distortion_coefficients", 1, b.k1(), b.k2(), b.p1(), b.p2(), b.k3(), b.k4(), b.k5(), b.k6());
        } else if (lens instanceof Fisheye f && OpenCvLens.isRadial(f)) {
            node.put("distortion_model", "equidistant");
            matrix(node, "distortion_coefficients", 1, f.k1(), f.k2(), f.k3(), f.k4());
        } else {
            throw Check.invalid(
                    "lens of camera " + camera.name() + " in " + IN_FORMAT, "plumb_bob or equidistant", lens);
        }
        matrix(node, "rectification_matrix", 3, 1, 0, 0, 0, 1, 0, 0, 0, 1);
        matrix(node, "projection_matrix", 3, k[0], 0, k[2], 0, 0, k[1], k[3], 0, 0, 0, 1, 0);
        return node;
    }

    private static void matrix(ObjectNode node, String key, int rows, double... values) {
        ObjectNode matrix = node.putObject(key);
        matrix.put("rows", rows).put("cols", values.length / rows);
        ArrayNode data = matrix.putArray("data");
        for (double value : values) {
            data.add(value);
        }
    }
}
