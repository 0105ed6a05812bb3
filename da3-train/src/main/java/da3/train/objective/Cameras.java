package da3.train.objective;

import da3.geometry.Intrinsics;
import da3.geometry.Pose;

/** The cameras of a {@link StudentTruth} as geometry types. */
final class Cameras {

    private Cameras() {}

    static Pose worldToCamera(StudentTruth truth, int image) {
        return Pose.ofMatrix(doubles(truth.extrinsics(), 12 * image, 12), 0);
    }

    static Intrinsics intrinsics(StudentTruth truth, int image) {
        return Intrinsics.ofMatrix(doubles(truth.intrinsics(), 9 * image, 9), 0);
    }

    private static double[] doubles(float[] values, int offset, int length) {
        double[] result = new double[length];
        for (int i = 0; i < length; i++) {
            result[i] = values[offset + i];
        }
        return result;
    }
}
