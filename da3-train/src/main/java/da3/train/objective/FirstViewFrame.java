package da3.train.objective;

import da3.geometry.Pose;

/** The world frame in which the first view of each scene has the identity as its pose. */
public final class FirstViewFrame {

    private FirstViewFrame() {}

    /**
     * Returns the same truth in this frame: depth and intrinsics are unchanged, and poses are relative to the first
     * one.
     */
    public static StudentTruth of(StudentTruth truth) {
        float[] extrinsics = new float[truth.extrinsics().length];
        for (int scene = 0; scene < truth.scenes(); scene++) {
            int first = scene * truth.views();
            Pose firstToWorld = Cameras.worldToCamera(truth, first).inverse();
            put(Pose.IDENTITY, extrinsics, first);
            for (int image = first + 1; image < first + truth.views(); image++) {
                put(Cameras.worldToCamera(truth, image).compose(firstToWorld), extrinsics, image);
            }
        }
        return truth.withExtrinsics(extrinsics);
    }

    private static void put(Pose pose, float[] extrinsics, int image) {
        double[] matrix = pose.toMatrix3x4();
        for (int i = 0; i < 12; i++) {
            extrinsics[12 * image + i] = (float) matrix[i];
        }
    }
}
