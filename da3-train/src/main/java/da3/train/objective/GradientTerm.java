package da3.train.objective;

/**
 * The depth gradient term: the mean over horizontal pairs of |difference of predicted - difference of true depth|, plus
 * the same mean over vertical pairs. A pair is valid if both of its pixels are.
 */
final class GradientTerm {

    private final int rows;
    private final int columns;
    private final boolean[] mask;
    private final float[] trueDepth;
    private final float[] depth;
    private final double weight;
    private final ValidCounts counts;

    /**
     * @param mask (images, rows, columns)
     * @param trueDepth (images, rows, columns)
     * @param depth predicted, (images, rows, columns)
     */
    GradientTerm(
            int rows,
            int columns,
            boolean[] mask,
            float[] trueDepth,
            float[] depth,
            double weight,
            ValidCounts counts) {
        this.rows = rows;
        this.columns = columns;
        this.mask = mask;
        this.trueDepth = trueDepth;
        this.depth = depth;
        this.weight = weight;
        this.counts = counts;
    }

    /**
     * Returns the part of one image.
     *
     * @param scale factor of the predicted depth, a constant for the gradient
     * @param depthGradient (rows, columns); the gradient with respect to the depth of the image is added to it
     */
    double add(int image, double scale, double[] depthGradient) {
        return along(image, scale, columns - 1, rows, 1, counts.horizontalPairs(), depthGradient)
                + along(image, scale, columns, rows - 1, columns, counts.verticalPairs(), depthGradient);
    }

    /** @param step from a pixel to its neighbor */
    private double along(int image, double scale, int width, int height, int step, long pairs, double[] depthGradient) {
        int offset = image * depthGradient.length;
        double share = ValidCounts.share(weight, pairs);
        double sum = 0;
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                int inImage = i * columns + j;
                int pixel = offset + inImage;
                if (!mask[pixel] || !mask[pixel + step]) {
                    continue;
                }
                double predicted = scale * ((double) depth[pixel + step] - depth[pixel]);
                double error = predicted - ((double) trueDepth[pixel + step] - trueDepth[pixel]);
                sum += Math.abs(error);
                double gradient = share * scale * AbsoluteValue.derivative(error);
                depthGradient[inImage + step] += gradient;
                depthGradient[inImage] -= gradient;
            }
        }
        return ValidCounts.share(sum, pairs);
    }
}
