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
        int offset = image * gradient.length;
        double directions = 0;
        double origins = 0;
        for (int i = 0; i < gradient.length; i++) {
            int value = offset + i;
            if (!truth.rayMask()[value / 6]) {
                continue;
            }
            double error = (double) rays[value] - truth.ray()[value];
            if (i % 6 < 3) {
                directions += Math.abs(error);
                gradient[i] += directionShare * Math.signum(error);
            } else {
                origins += Math.abs(error);
                gradient[i] += originShare * Math.signum(error);
            }
        }
        return new double[] {ValidCounts.share(directions, 3 * validRays), ValidCounts.share(origins, 3 * validRays)};
    }
}
