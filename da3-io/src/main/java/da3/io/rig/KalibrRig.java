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
import da3.geometry.lens.Fov;
import da3.geometry.lens.Pinhole;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.geometry.metrics.Angles;
import da3.geometry.rig.Rig;
import da3.geometry.rig.RigCamera;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Kalibr's {@code camchain.yaml}: cameras {@code cam0}, {@code cam1} and so on, each with the motion from the camera before
 * it ({@code T_cn_cnm1}), and from the IMU if that was calibrated ({@code T_cam_imu}). The name of a camera is its topic
 * without {@code /image_raw}, or its key.
 */
final class KalibrRig {

    private static final String FROM_PREVIOUS = "T_cn_cnm1";
    private static final String FROM_IMU = "T_cam_imu";
    private static final String TOPIC_END = "/image_raw";

    /** Maximum disagreement of the two motions: meters, and degrees. */
    private static final double MAX_DISTANCE = 1e-3;

    private static final double MAX_ANGLE = 0.1;

    private KalibrRig() {}

    static Rig read(Path file) throws IOException {
        Tree root = Tree.yaml(file);
        int count = root.keys().size();
        List<RigCamera> cameras = new ArrayList<>();
        boolean imu = root.get("cam0").has(FROM_IMU);
        Pose previous = Pose.IDENTITY;
        for (int i = 0; i < count; i++) {
            Tree camera = root.get("cam" + i);
            String key = "cam" + i;
            if (camera.has(FROM_IMU) != imu) {
                throw new RigFormatException(
                        file, FROM_IMU + " must be given for all cameras or none, got one without");
            }
            Pose pose = i == 0
                    ? (imu ? pose(camera.get(FROM_IMU)) : Pose.IDENTITY)
                    : pose(camera.get(FROM_PREVIOUS)).compose(previous);
            if (imu && i > 0) {
                requireSame(file, key, pose(camera.get(FROM_IMU)), pose);
            }
            previous = pose;
            cameras.add(camera.checked(() -> camera(key, camera, pose)));
        }
        return root.checked(() -> new Rig(cameras));
    }

    private static RigCamera camera(String key, Tree camera, Pose pose) throws RigFormatException {
        String topic = camera.has("rostopic") ? camera.get("rostopic").text() : key;
        String name = topic.startsWith("/") ? topic.substring(1) : topic;
        name = name.endsWith(TOPIC_END) ? name.substring(0, name.length() - TOPIC_END.length()) : name;
        double[] size = camera.get("resolution").numbers(2);
        return new RigCamera(name, pose, lens(camera), Optional.of(OpenCvLens.size(name, size)));
    }

    private static CameraModel lens(Tree camera) throws RigFormatException {
        String model = camera.get("camera_model").text();
        if (!model.equals("pinhole")) {
            throw Check.invalid("camera_model", "pinhole", model);
        }
        double[] k = camera.get("intrinsics").numbers(4);
        Intrinsics intrinsics = OpenCvLens.intrinsics(k[0], k[1], k[2], k[3]);
        String distortion = camera.get("distortion_model").text();
        return switch (distortion) {
            case "none" -> new Pinhole(intrinsics);
            case "radtan" -> OpenCvLens.brownConrady(intrinsics, coefficients(camera, 4));
            case "equidistant" -> OpenCvLens.equidistant(intrinsics, coefficients(camera, 4));
            case "fov" -> new Fov(intrinsics, coefficients(camera, 1)[0]);
            default -> throw Check.invalid("distortion_model", "none, radtan, equidistant or fov", distortion);
        };
    }

    private static double[] coefficients(Tree camera, int count) throws RigFormatException {
        return camera.get("distortion_coeffs").numbers(count);
    }

    private static Pose pose(Tree matrix) throws RigFormatException {
        double[] values = matrix.numbers(16);
        return matrix.checked(() -> Pose.ofMatrix(values, 0).requireRigid(matrix.path()));
    }

    private static void requireSame(Path file, String key, Pose fromImu, Pose chained) throws RigFormatException {
        Pose difference = fromImu.compose(chained.inverse());
        double distance = difference.translation().norm();
        double angle = Angles.of(difference.rotation());
        if (distance > MAX_DISTANCE || angle > MAX_ANGLE) {
            throw new RigFormatException(
                    file,
                    FROM_IMU + " of " + key + " must agree with the chain of " + FROM_PREVIOUS
                            + ", got a difference of " + distance + " m and " + angle + " degrees");
        }
    }

    /** Returns the text of a rig, with its frame as that of the IMU. */
    static String text(Rig rig) throws IOException {
        YAMLMapper mapper = new YAMLMapper();
        ObjectNode root = mapper.createObjectNode();
        Pose previous = null;
        for (RigCamera camera : rig.cameras()) {
            ObjectNode node = root.putObject("cam" + root.size());
            if (previous != null) {
                put(node.putArray(FROM_PREVIOUS), camera.sensorFromRig().compose(previous.inverse()));
            }
            previous = camera.sensorFromRig();
            put(node.putArray(FROM_IMU), previous);
            node.put("camera_model", "pinhole");
            Tree.add(
                    node.putArray("intrinsics"), OpenCvLens.values(camera.lens().intrinsics()));
            putDistortion(node, camera);
            RigCamera.Size size = OpenCvLens.size(camera, "Kalibr's format");
            node.putArray("resolution").add(size.width()).add(size.height());
            node.put("rostopic", "/" + camera.name() + TOPIC_END);
        }
        return mapper.writeValueAsString(root);
    }

    private static void putDistortion(ObjectNode node, RigCamera camera) {
        CameraModel lens = camera.lens();
        if (lens instanceof Pinhole) {
            node.put("distortion_model", "none");
            node.putArray("distortion_coeffs");
        } else if (lens instanceof BrownConrady b && b.k3() == 0 && b.k4() == 0 && b.k5() == 0 && b.k6() == 0) {
            node.put("distortion_model", "radtan");
            Tree.add(node.putArray("distortion_coeffs"), b.k1(), b.k2(), b.p1(), b.p2());
        } else if (lens instanceof Fisheye f && OpenCvLens.isRadial(f)) {
            node.put("distortion_model", "equidistant");
            Tree.add(node.putArray("distortion_coeffs"), f.k1(), f.k2(), f.k3(), f.k4());
        } else if (lens instanceof Fov fov) {
            node.put("distortion_model", "fov");
            Tree.add(node.putArray("distortion_coeffs"), fov.omega());
        } else {
            throw Check.invalid(
                    "lens of camera " + camera.name() + " in Kalibr's format",
                    "a pinhole, radtan, equidistant or fov lens",
                    lens);
        }
    }

    private static void put(ArrayNode matrix, Pose pose) {
        Mat3 r = pose.rotation();
        Vec3 t = pose.translation();
        Tree.add(matrix.addArray(), r.m00(), r.m01(), r.m02(), t.x());
        Tree.add(matrix.addArray(), r.m10(), r.m11(), r.m12(), t.y());
        Tree.add(matrix.addArray(), r.m20(), r.m21(), r.m22(), t.z());
        Tree.add(matrix.addArray(), 0, 0, 0, 1);
    }
}
