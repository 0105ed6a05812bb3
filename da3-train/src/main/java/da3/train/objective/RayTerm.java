package da3.train.objective;

/**
 * The ray term: the mean over valid pixels of the ray map and six channels of |predicted - true ray|, with a weight for
 * each half.
 */
final class RayTerm {

    private final NormalizedTruth truth;
    private final float[] rays;
    private final double directionShare;
    private final double originShare;
    private final long validRays;

    RayTerm(NormalizedTruth truth, StudentPrediction prediction, StudentWeights weights, long validRays) {
        this.truth = truth;
        this.rays = prediction.ray();
        this.directionShare = ValidCounts.share(weights.rayDirection(), 6 * validRays);
        this.originShare = ValidCounts.share(weights.rayOrigin(), 6 * validRays);
        this.validRays = validRays;
    }

    /**
     * Returns the parts of one image: mean error of directions and of origins.
     *
     * @param gradient (rayRows, rayColumns, 6); the gradient with respect to the rays of the image is added to it
     */
    double[] add(int image, double[] gradient) {
        int pixels = gradient.length / 6;
        double directions = 0;
        double origins = 0;
        for (int i = 0; i < pixels; i++) {
            int pixel = image * pixels + i;
            if (!truth.rayMask()[pixel]) {
                continue;
            }
            for (int axis = 0; axis < 3; axis++) {
                int direction = 6 * i + axis;
                double error = error(6 * pixel + axis);
                directions += Math.abs(error);
                gradient[direction] += directionShare * AbsoluteValue.derivative(error);
                error = error(6 * pixel + axis + 3);
                origins += Math.abs(error);
                gradient[direction + 3] += originShare * AbsoluteValue.derivative(error);
            }
        }
        return new double[] {ValidCounts.share(directions, 3 * validRays), ValidCounts.share(origins, 3 * validRays)};
    }

    private double error(int value) {
        return (double) rays[value] - truth.ray()[value];
    }
}
