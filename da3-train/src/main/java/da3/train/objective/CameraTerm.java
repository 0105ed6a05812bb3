package da3.train.objective;

import da3.geometry.PoseEncoding;

/**
 * The camera term: mean |error| of translations, plus that of quaternions, plus the weighted one of fields of view. The
 * predicted quaternion is neither normalized nor flipped.
 */
final class CameraTerm {

    private final StudentTruth truth;
    private final float[] trueEncodings;
    private final float[] encodings;
    private final StudentWeights weights;
    private final long views;

    CameraTerm(StudentTruth truth, NormalizedTruth normalized, StudentPrediction prediction, StudentWeights weights) {
        this.truth = truth;
        this.trueEncodings = normalized.poseEncoding();
        this.encodings = prediction.poseEncoding();
        this.weights = weights;
        this.views = (long) truth.scenes() * (truth.views() - firstView());
    }

    private int firstView() {
        return weights.cameraViews() == CameraViews.ALL ? 0 : 1;
    }

    /**
     * Returns the parts of one image: mean error of translation, quaternion, and fields of view.
     *
     * @param gradient (images, 9); receives the gradient with respect to the pose encoding
     */
    double[] put(int image, float[] gradient) {
        if (image % truth.views() < firstView()) {
            return new double[3];
        }
        return new double[] {
            put(image, 0, 3, 1, gradient),
            put(image, 3, 7, 1, gradient),
            put(image, 7, 9, weights.fieldOfView(), gradient)
        };
    }

    private double put(int image, int from, int to, double weight, float[] gradient) {
        long values = views * (to - from);
        double share = ValidCounts.share(weights.camera() * weight, values);
        double sum = 0;
        for (int i = PoseEncoding.LENGTH * image + from; i < PoseEncoding.LENGTH * image + to; i++) {
            double error = (double) encodings[i] - trueEncodings[i];
            sum += Math.abs(error);
            gradient[i] = (float) (share * AbsoluteValue.derivative(error));
        }
        return ValidCounts.share(sum, values);
    }
}
