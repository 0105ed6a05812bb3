package da3.verify;

import da3.geometry.Camera;
import da3.geometry.FieldOfView;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.PoseEncoding;
import da3.geometry.ScalarMap;
import da3.geometry.Sim3;
import da3.geometry.align.PoseAlignment;
import da3.geometry.align.PoseNormalization;
import da3.geometry.align.Umeyama;
import da3.geometry.align.UmeyamaRansac;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import da3.geometry.rays.RayCamera;
import da3.geometry.rays.RayMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Recomputes the function cases of poses, intrinsics and alignments. */
final class CameraFunctions {

    private CameraFunctions() {}

    static Map<String, FunctionCase> byName() {
        return Map.of(
                "affine_inverse", CameraFunctions::inverse,
                "mat_to_quat", CameraFunctions::quaternions,
                "get_fov", CameraFunctions::fieldsOfView,
                "extri_intri_to_pose_encoding", CameraFunctions::encode,
                "pose_encoding_to_extri_intri", CameraFunctions::decode,
                "DepthAnything3._normalize_extrinsics", CameraFunctions::normalize,
                "DepthAnything3._align_to_input_extrinsics_intrinsics", CameraFunctions::alignToGiven,
                "align_poses_umeyama", CameraFunctions::align,
                "camray_to_caminfo", CameraFunctions::fromRays);
    }

    private static Map<String, GoldenTensor> inverse(GoldenCase golden) throws IOException {
        Results results = new Results(golden);
        for (String size : results.expected("out.inv")) {
            List<Pose> poses = new Inputs(golden).poses("in.a" + size);
            results.putPoses("out.inv" + size, poses.stream().map(Pose::inverse).toList());
        }
        return results.asMap();
    }

    private static Map<String, GoldenTensor> quaternions(GoldenCase golden) throws IOException {
        Results results = new Results(golden);
        results.put(
                "out.quat_xyzw_from_matrix",
                new Inputs(golden)
                        .matrices("in.rotation").stream()
                                .map(Quaternion::ofMatrix)
                                .flatMapToDouble(q -> Arrays.stream(new double[] {q.x(), q.y(), q.z(), q.w()}))
                                .toArray());
        double[] q = golden.tensor("in.quat_xyzw").doubles();
        List<Quaternion> quaternions = new ArrayList<>();
        for (int at = 0; at < q.length; at += 4) {
            quaternions.add(new Quaternion(q[at], q[at + 1], q[at + 2], q[at + 3]));
        }
        results.putMatrices(
                "out.matrix_from_quat_xyzw",
                quaternions.stream().map(Quaternion::toMatrix).toList());
        return results.asMap();
    }

    private static Map<String, GoldenTensor> fieldsOfView(GoldenCase golden) throws IOException {
        Results results = new Results(golden);
        results.put(
                "out.fov_xy",
                new Inputs(golden)
                        .intrinsics("in.intrinsics_normalised").stream()
                                .map(k -> FieldOfView.of(k, 1, 1))
                                .flatMapToDouble(fov -> Arrays.stream(new double[] {fov.horizontal(), fov.vertical()}))
                                .toArray());
        return results.asMap();
    }

    private static Map<String, GoldenTensor> encode(GoldenCase golden) throws IOException {
        Inputs inputs = new Inputs(golden);
        List<Pose> cameraToWorld = inputs.poses("in.c2w");
        List<Intrinsics> intrinsics = inputs.intrinsics("in.intrinsics");
        int height = golden.params().path("image_h").asInt();
        int width = golden.params().path("image_w").asInt();
        double[] encodings = new double[cameraToWorld.size() * PoseEncoding.LENGTH];
        for (int i = 0; i < cameraToWorld.size(); i++) {
            Camera camera = new Camera(cameraToWorld.get(i).inverse(), intrinsics.get(i));
            double[] encoding = PoseEncoding.of(camera, height, width).toArray();
            System.arraycopy(encoding, 0, encodings, i * PoseEncoding.LENGTH, PoseEncoding.LENGTH);
        }
        Results results = new Results(golden);
        results.put("out.pose_enc", encodings);
        return results.asMap();
    }

    private static Map<String, GoldenTensor> decode(GoldenCase golden) throws IOException {
        float[] encodings = golden.tensor("in.pose_enc").floats();
        int height = golden.params().path("image_h").asInt();
        int width = golden.params().path("image_w").asInt();
        List<Camera> cameras = new ArrayList<>();
        for (int at = 0; at < encodings.length; at += PoseEncoding.LENGTH) {
            cameras.add(PoseEncoding.ofArray(encodings, at).camera(height, width));
        }
        Results results = new Results(golden);
        results.putPoses("out.w2c_3x4", poses(cameras));
        results.putPoses(
                "out.c2w_3x4", poses(cameras).stream().map(Pose::inverse).toList());
        putIntrinsics(results, cameras);
        return results.asMap();
    }

    private static Map<String, GoldenTensor> normalize(GoldenCase golden) throws IOException {
        Results results = new Results(golden);
        for (String example : results.expected("out.normalised_")) {
            List<Pose> poses = new Inputs(golden).poses("in.extrinsics_" + example);
            results.putPoses("out.normalised_" + example, PoseNormalization.normalize(poses));
        }
        return results.asMap();
    }

    private static Map<String, GoldenTensor> alignToGiven(GoldenCase golden) throws IOException {
        Inputs inputs = new Inputs(golden);
        List<Pose> given = inputs.poses("in.input_extrinsics");
        List<ScalarMap> depths = inputs.maps("in.pred_depth");
        PoseAlignment alignment = PoseAlignment.of(inputs.poses("in.pred_extrinsics"), given, ReferenceBehavior.SEED);
        Results results = new Results(golden);
        results.put("out.intrinsics", golden.tensor("in.input_intrinsics").doubles());
        if (golden.params().path("align_to_input_ext_scale").asBoolean()) {
            results.putPoses("out.extrinsics", given);
            results.putMaps(
                    "out.depth",
                    depths.stream().map(alignment::depthInGivenScale).toList());
        } else {
            results.putPoses(
                    "out.extrinsics",
                    given.stream().map(alignment::inPredictedFrame).toList());
            results.putMaps("out.depth", depths);
        }
        return results.asMap();
    }

    private static Map<String, GoldenTensor> align(GoldenCase golden) throws IOException {
        Inputs inputs = new Inputs(golden);
        List<Pose> reference = inputs.poses("in.ext_ref");
        List<Pose> estimated = inputs.poses("in.ext_est");
        Sim3 onAll = Umeyama.align(reference, estimated);
        Sim3 alignment = golden.has("in.sample_subsets")
                ? UmeyamaRansac.align(reference, estimated, inputs.table("in.sample_subsets"))
                : onAll;
        Vec3 t = alignment.translation();
        List<Pose> aligned = estimated.stream().map(alignment::applyToPose).toList();
        Results results = new Results(golden);
        results.put("out.rotation", alignment.rotation().toArray());
        results.put("out.translation", t.x(), t.y(), t.z());
        results.put("out.scale", alignment.scale());
        results.putPoses("out.ext_aligned", aligned);
        results.putPoses("out.ext_applied", aligned);
        results.put(
                "out.inlier_threshold", UmeyamaRansac.inlierThreshold(centers(reference), centers(estimated), onAll));
        return results.asMap();
    }

    private static List<Vec3> centers(List<Pose> poses) {
        return poses.stream().map(Pose::cameraCenter).toList();
    }

    private static Map<String, GoldenTensor> fromRays(GoldenCase golden) throws IOException {
        GoldenTensor rays = golden.tensor("in.ray"); // (1, views, h, w, 6)
        GoldenTensor confidences = golden.tensor("in.ray_conf"); // (1, views, h, w)
        int[][] table = new Inputs(golden).table("in.ransac_table");
        int rows = confidences.size(-2);
        int columns = confidences.size(-1);
        int height = golden.params().path("image_h").asInt();
        int width = golden.params().path("image_w").asInt();
        List<Camera> cameras = new ArrayList<>();
        for (int at = 0; at < confidences.length(); at += rows * columns) {
            int end = at + rows * columns;
            RayMap map = new RayMap(
                    columns,
                    rows,
                    Arrays.copyOfRange(rays.floats(), 6 * at, 6 * end),
                    Arrays.copyOfRange(confidences.floats(), at, end));
            cameras.add(
                    RayCamera.estimate(map, height, width, table, ReferenceBehavior.SEED, ReferenceBehavior::factor));
        }
        List<Pose> cameraToWorld = poses(cameras).stream().map(Pose::inverse).toList();
        Results results = new Results(golden);
        results.putPoses("out.extrinsics", poses(cameras));
        putIntrinsics(results, cameras);
        results.putMatrices(
                "out.rotation_c2w", cameraToWorld.stream().map(Pose::rotation).toList());
        results.put(
                "out.centre",
                cameraToWorld.stream()
                        .map(Pose::translation)
                        .flatMapToDouble(c -> Arrays.stream(new double[] {c.x(), c.y(), c.z()}))
                        .toArray());
        List<Intrinsics> inHalfImages = cameras.stream()
                .map(c -> c.intrinsics().scaled(2.0 / width, 2.0 / height))
                .toList();
        results.put(
                "out.focal_normalised",
                inHalfImages.stream()
                        .flatMapToDouble(k -> Arrays.stream(new double[] {k.fx(), k.fy()}))
                        .toArray());
        results.put(
                "out.principal_normalised",
                inHalfImages.stream()
                        .flatMapToDouble(k -> Arrays.stream(new double[] {k.cx(), k.cy()}))
                        .toArray());
        return results.asMap();
    }

    private static List<Pose> poses(List<Camera> cameras) {
        return cameras.stream().map(Camera::pose).toList();
    }

    private static void putIntrinsics(Results results, List<Camera> cameras) throws IOException {
        results.putMatrices(
                "out.intrinsics",
                cameras.stream().map(camera -> camera.intrinsics().matrix()).toList());
    }
}
