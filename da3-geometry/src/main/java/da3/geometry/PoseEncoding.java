package da3.geometry;

import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import java.util.List;

/**
 * A camera as the nine numbers that the network reads and writes: translation 3, quaternion 4 (x, y, z, w), vertical
 * and horizontal field of view. The principal point is not part of it and is taken to be the image's center. Source:
 * {@code model/utils/transform.py} of the reference.
 *
 * @param translation camera-to-world, so the camera's center
 * @param rotation camera-to-world, of any length
 * @param fovHeight vertical field of view in radians
 * @param fovWidth horizontal field of view in radians
 */
public record PoseEncoding(Vec3 translation, Quaternion rotation, double fovHeight, double fovWidth) {

    /** How many numbers {@link #toArray} gives. */
    public static final int LENGTH = 9;

    // A network may answer with a field of view of zero or beyond pi; the focal length stays finite and positive.
    private static final double TANGENT_FLOOR = 1e-6;

    /** Of a camera whose intrinsics are pixels of an image of this size. */
    public static PoseEncoding of(Camera camera, int height, int width) {
        Pose cameraToWorld = camera.pose().inverse();
        Intrinsics k = camera.intrinsics();
        return new PoseEncoding(
                cameraToWorld.translation(),
                Quaternion.ofMatrix(cameraToWorld.rotation()),
                2 * Math.atan(height / 2.0 / k.fy()),
                2 * Math.atan(width / 2.0 / k.fx()));
    }

    /** Returns the encodings of cameras one after the other, as a network reads them: (cameras, 9). */
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

    /** From nine numbers that start at {@code offset}. */
    public static PoseEncoding ofArray(float[] v, int offset) {
        return new PoseEncoding(
                new Vec3(v[offset], v[offset + 1], v[offset + 2]),
                new Quaternion(v[offset + 3], v[offset + 4], v[offset + 5], v[offset + 6]),
                v[offset + 7],
                v[offset + 8]);
    }

    /** The nine numbers in the network's order. */
    public double[] toArray() {
        Vec3 t = translation;
        Quaternion q = rotation;
        return new double[] {t.x(), t.y(), t.z(), q.x(), q.y(), q.z(), q.w(), fovHeight, fovWidth};
    }

    /**
     * The camera, world-to-camera, in pixels of an image of this size.
     *
     * @throws ArithmeticException if the quaternion stands for no rotation
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
