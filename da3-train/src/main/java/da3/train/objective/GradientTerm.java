package da3.train.objective;

/**
 * The depth gradient term: the mean over horizontal pairs of |difference of predicted - difference of true depth|, plus
 * the same mean over vertical pairs. A pair is valid if both of its pixels are.
 */
final class GradientTerm {

    private final StudentTruth truth;
    private final float[] trueDepth;
    private final float[] depth;
    private final double weight;
    private final ValidCounts counts;

    GradientTerm(
            StudentTruth truth,
            NormalizedTruth normalized,
            StudentPrediction prediction,
            double weight,
            ValidCounts counts) {
        this.truth = truth;
        this.trueDepth = normalized.depth();
        this.depth = prediction.depth();
        this.weight = weight;
        this.counts = counts;
    }

    /**
     * Returns the part of one image.
     *
     * @param depthGradient (rows, columns); the gradient with respect to the depth of the image is added to it
     */
    double add(int image, double[] depthGradient) {
        int rows = truth.rows();
        int columns = truth.columns();
        return along(image, rows, columns - 1, 1, counts.horizontalPairs(), depthGradient)
                + along(image, rows - 1, columns, columns, counts.verticalPairs(), depthGradient);
    }

    /** @param step from a pixel to its neighbor */
    private double along(int image, int rows, int columns, int step, long pairs, double[] depthGradient) {
        boolean[] mask = truth.mask();
        int offset = image * depthGradient.length;
        double share = ValidCounts.share(weight, pairs);
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                int inImage = i * truth.columns() + j;
                int pixel = offset + inImage;
                if (!mask[pixel] || !mask[pixel + step]) {
                    continue;
                }
                double predicted = (double) depth[pixel + step] - depth[pixel];
                double error = predicted - ((double) trueDepth[pixel + step] - trueDepth[pixel]);
                sum += Math.abs(error);
                double gradient = share * Math.signum(error);
                depthGradient[inImage + step] += gradient;
                depthGradient[inImage] -= gradient;
            }
        }
        return ValidCounts.share(sum, pairs);
    }
}
