package da3.geometry.metrics;

/**
 * The least squares fit of predicted depth to true depth, {@code truth = scale * prediction + shift}.
 *
 * @param scale true units per predicted unit; 0 for a constant prediction, and not positive where the prediction falls
 *     as the truth rises
 * @param shift offset in true units
 */
public record AffineFit(double scale, double shift) {

    /**
     * Fits a prediction where the truth is above 0.
     *
     * @param prediction as many values as the truth
     * @param truth true depth; 0 where unknown
     */
    public static AffineFit of(float[] prediction, float[] truth) {
        double known = 0;
        double meanPrediction = 0;
        double meanTruth = 0;
        for (int i = 0; i < truth.length; i++) {
            if (truth[i] > 0) {
                known++;
                meanPrediction += (prediction[i] - meanPrediction) / known;
                meanTruth += (truth[i] - meanTruth) / known;
            }
        }
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < truth.length; i++) {
            if (truth[i] > 0) {
                double centered = prediction[i] - meanPrediction;
                covariance += centered * (truth[i] - meanTruth);
                variance += centered * centered;
            }
        }
        double scale = variance > 0 ? covariance / variance : 0;
        return new AffineFit(scale, meanTruth - scale * meanPrediction);
    }

    /** Returns the fitted depth of a prediction. */
    public double apply(double depth) {
        return depth * scale + shift;
    }
}
