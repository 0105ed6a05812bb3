package da3.geometry;

import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import java.util.List;

/**
 * A camera as the nine numbers that the network reads and writes: translation (3), quaternion x, y, z, w (4), vertical
 * and horizontal field of view. The encoding has no principal point; the center of the image is assumed. Source:
 * {@code model/utils/transform.py} of the reference.
 *
 * @param translation camera-to-world, which is the camera center
 * @param rotation camera-to-world, of any positive length
 * @param fovHeight vertical field of view in radians
 * @param fovWidth horizontal field of view in radians
 */
public record PoseEncoding(Vec3 translation, Quaternion rotation, double fovHeight, double fovWidth) {

    /** Number of values of an encoding. */
    public static final int LENGTH = 9;

    // Keeps focal lengths finite and positive where a network predicts a field of view of zero or above pi.
    private static final double TANGENT_FLOOR = 1e-6;

    /** Returns the encoding of a camera whose intrinsics are in pixels of an image of this size. */
    public static PoseEncoding of(Camera camera, int height, int width) {
        Pose cameraToWorld = camera.pose().inverse();
        Intrinsics k = camera.intrinsics();
        return new PoseEncoding(
                cameraToWorld.translation(),
                Quaternion.ofMatrix(cameraToWorld.rotation()),
                2 * Math.atan(height / 2.0 / k.fy()),
                2 * Math.atan(width / 2.0 / k.fx()));
    }

    /** Returns the encodings of all cameras as one array, (cameras, 9). */
    public static float[] ofAll(List<Camera> cameras, int height, int width) {
        float[] encodings = new float[cameras.size() * LENGTH];
        int at = 0;
        for (Camera camera : cameras) {
            for (double value : of(camera, height, width).toArray()) {
                encodings[at++] = (float) value;
            }
        }
        return encodings;
    }

    /** Returns the encoding in the nine values that start at {@code offset}. */
    public static PoseEncoding ofArray(float[] v, int offset) {
        return new PoseEncoding(
                new Vec3(v[offset], v[offset + 1], v[offset + 2]),
                new Quaternion(v[offset + 3], v[offset + 4], v[offset + 5], v[offset + 6]),
                v[offset + 7],
                v[offset + 8]);
    }

    /** Returns the nine values in the order of the network. */
    public double[] toArray() {
        Vec3 t = translation;
        Quaternion q = rotation;
        return new double[] {t.x(), t.y(), t.z(), q.x(), q.y(), q.z(), q.w(), fovHeight, fovWidth};
    }

    /**
     * Decodes the camera: a world-to-camera pose, and intrinsics in pixels of an image of this size.
     *
     * @throws ArithmeticException if the quaternion has length 0 or is not finite
     */
    public Camera camera(int height, int width) {
        Pose cameraToWorld = new Pose(rotation.toMatrix(), translation);
        Intrinsics intrinsics =
                new Intrinsics(focal(width, fovWidth), focal(height, fovHeight), width / 2.0, height / 2.0);
        return new Camera(cameraToWorld.inverse(), intrinsics);
    }

    private static double focal(int length, double fov) {
        return length / 2.0 / Math.max(Math.tan(fov / 2), TANGENT_FLOOR);
    }
}
