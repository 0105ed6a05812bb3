package da3.train.objective;

/** The mask term: the mean squared error of a predicted mask over all pixels of the batch. */
final class MaskTerm {

    private final boolean[] truth;
    private final float[] predicted;
    private final double weight;

    /**
     * @param truth (images, rows, columns), or null if unknown
     * @param predicted (images, rows, columns)
     */
    MaskTerm(boolean[] truth, float[] predicted, double weight) {
        this.truth = truth;
        this.predicted = predicted;
        this.weight = weight;
    }

    /**
     * Returns the part of one image; 0, without a gradient, if the truth is unknown.
     *
     * @param pixels number of pixels of an image
     * @param gradient (images, rows, columns); receives the gradient with respect to the predicted mask
     */
    double put(int image, int pixels, float[] gradient) {
        if (truth == null) {
            return 0;
        }
        double share = 1.0 / predicted.length;
        double sum = 0;
        for (int pixel = image * pixels; pixel < (image + 1) * pixels; pixel++) {
            double error = predicted[pixel] - (truth[pixel] ? 1.0 : 0.0);
            sum += error * error;
            gradient[pixel] = (float) (weight * share * 2 * error);
        }
        return share * sum;
    }
}
