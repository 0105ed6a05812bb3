package da3.train.objective;

import da3.geometry.Intrinsics;
import da3.geometry.Pose;

/** Cameras of ground truth as geometry types. */
final class Cameras {

    private Cameras() {}

    static Pose worldToCamera(StudentTruth truth, int image) {
        return Pose.ofMatrix(doubles(truth.extrinsics(), 12 * image, 12), 0);
    }

    static Intrinsics intrinsics(StudentTruth truth, int image) {
        return intrinsics(truth.intrinsics(), image);
    }

    /** @param matrices (images, 3, 3) */
    static Intrinsics intrinsics(float[] matrices, int image) {
        return Intrinsics.ofMatrix(doubles(matrices, 9 * image, 9), 0);
    }

    private static double[] doubles(float[] values, int offset, int length) {
        double[] result = new double[length];
        for (int i = 0; i < length; i++) {
            result[i] = values[offset + i];
        }
        return result;
    }
}
