package da3.train.data;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import java.util.Optional;

/**
 * Some views of one scene with their truth. All views have one size.
 *
 * @param rgb (views, rows, columns, 3), sRGB
 * @param depth (views, rows, columns), along the z axis of the camera; 0 where unknown
 * @param extrinsics (views, 3, 4), world-to-camera, OpenCV axes
 * @param intrinsics (views, 3, 3), in pixels; the center of the first pixel is (0.5, 0.5)
 * @param objects (views, rows, columns): which pixels show an object; empty if unknown
 */
public record TrainingScene(
        int views,
        int rows,
        int columns,
        byte[] rgb,
        float[] depth,
        float[] extrinsics,
        float[] intrinsics,
        Optional<boolean[]> objects) {

    public TrainingScene {
        long pixels = (long) views * rows * columns;
        requireLength("rgb", rgb.length, 3 * pixels);
        requireLength("depth", depth.length, pixels);
        requireLength("extrinsics", extrinsics.length, 12L * views);
        requireLength("intrinsics", intrinsics.length, 9L * views);
        objects.ifPresent(mask -> requireLength("objects", mask.length, pixels));
    }

    /** Creates a scene whose objects are unknown. */
    public TrainingScene(
            int views, int rows, int columns, byte[] rgb, float[] depth, float[] extrinsics, float[] intrinsics) {
        this(views, rows, columns, rgb, depth, extrinsics, intrinsics, Optional.empty());
    }

    private static void requireLength(String name, long length, long expected) {
        if (length != expected) {
            throw new IllegalArgumentException(name + " of a scene must have " + expected + " values, got " + length);
        }
    }

    /** Returns the camera of a view. */
    public Camera camera(int view) {
        double[] pose = new double[12];
        double[] k = new double[9];
        for (int i = 0; i < 12; i++) {
            pose[i] = extrinsics[12 * view + i];
        }
        for (int i = 0; i < 9; i++) {
            k[i] = intrinsics[9 * view + i];
        }
        return new Camera(Pose.ofMatrix(pose, 0), Intrinsics.ofMatrix(k, 0));
    }

    /** Writes a camera as row-major matrices into arrays of {@code (views, 3, 4)} and {@code (views, 3, 3)}. */
    static void putCamera(Camera camera, int view, float[] extrinsics, float[] intrinsics) {
        double[] pose = camera.pose().toMatrix3x4();
        double[] k = camera.intrinsics().matrix().toArray();
        for (int i = 0; i < 12; i++) {
            extrinsics[12 * view + i] = (float) pose[i];
        }
        for (int i = 0; i < 9; i++) {
            intrinsics[9 * view + i] = (float) k[i];
        }
    }

    /**
     * Returns the chosen views in the given order.
     *
     * @throws IndexOutOfBoundsException if there is no such view
     */
    public TrainingScene subset(int[] chosen) {
        int pixels = rows * columns;
        byte[] someRgb = new byte[3 * pixels * chosen.length];
        float[] someDepth = new float[pixels * chosen.length];
        float[] someExtrinsics = new float[12 * chosen.length];
        float[] someIntrinsics = new float[9 * chosen.length];
        boolean[] someObjects = new boolean[someDepth.length];
        for (int i = 0; i < chosen.length; i++) {
            int view = chosen[i];
            System.arraycopy(rgb, 3 * pixels * view, someRgb, 3 * pixels * i, 3 * pixels);
            System.arraycopy(depth, pixels * view, someDepth, pixels * i, pixels);
            if (objects.isPresent()) {
                System.arraycopy(objects.get(), pixels * view, someObjects, pixels * i, pixels);
            }
            System.arraycopy(extrinsics, 12 * view, someExtrinsics, 12 * i, 12);
            System.arraycopy(intrinsics, 9 * view, someIntrinsics, 9 * i, 9);
        }
        return new TrainingScene(
                chosen.length,
                rows,
                columns,
                someRgb,
                someDepth,
                someExtrinsics,
                someIntrinsics,
                objects.map(all -> someObjects));
    }
}
