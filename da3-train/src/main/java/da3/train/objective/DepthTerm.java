package da3.train.objective;

import da3.geometry.concurrent.Parallel;
import da3.geometry.math.Percentiles;

/**
 * The depth term: the mean over valid pixels of c |predicted - true depth| - w log c, with the predicted confidence c
 * and the weight w of the confidence.
 */
final class DepthTerm {

    private final StudentTruth truth;
    private final float[] trueDepth;
    private final StudentPrediction prediction;
    private final double confidenceWeight;
    private final double threshold;
    private final double share;
    private final double gradientShare;

    DepthTerm(
            StudentTruth truth,
            NormalizedTruth normalized,
            StudentPrediction prediction,
            StudentWeights weights,
            long validPixels,
            int threads) {
        this.truth = truth;
        this.trueDepth = normalized.depth();
        this.prediction = prediction;
        this.confidenceWeight = weights.confidence();
        long kept = validPixels;
        if (weights.depthQuantile() < 1 && validPixels > 0) {
            float[] losses = losses(threads);
            this.threshold = Percentiles.quantile(losses, pixel -> truth.mask()[pixel], weights.depthQuantile());
            kept = 0;
            for (int pixel = 0; pixel < losses.length; pixel++) {
                kept += truth.mask()[pixel] && keeps(losses[pixel]) ? 1 : 0;
            }
        } else {
            this.threshold = Double.POSITIVE_INFINITY;
        }
        this.share = ValidCounts.share(1, kept);
        this.gradientShare = weights.depth() * share;
    }

    private float[] losses(int threads) {
        float[] losses = new float[trueDepth.length];
        int pixels = truth.rows() * truth.columns();
        Parallel.forEach(truth.images(), threads, image -> {
            for (int pixel = image * pixels; pixel < (image + 1) * pixels; pixel++) {
                if (truth.mask()[pixel]) {
                    losses[pixel] = (float) loss(pixel);
                }
            }
        });
        return losses;
    }

    private double loss(int pixel) {
        double confidence = prediction.depthConfidence()[pixel];
        double error = (double) prediction.depth()[pixel] - trueDepth[pixel];
        return confidence * Math.abs(error) - confidenceWeight * Math.log(confidence);
    }

    /** Keeps NaN, so that the total shows it. */
    private boolean keeps(float loss) {
        return !(loss > threshold);
    }

    /**
     * Returns the part of one image.
     *
     * @param depthGradient (rows, columns); the gradient with respect to the depth of the image is added to it
     * @param confidenceGradient (images, rows, columns); receives the gradient with respect to the confidence
     */
    double add(int image, double[] depthGradient, float[] confidenceGradient) {
        int offset = image * depthGradient.length;
        double sum = 0;
        for (int i = 0; i < depthGradient.length; i++) {
            int pixel = offset + i;
            if (!truth.mask()[pixel]) {
                continue;
            }
            double loss = loss(pixel);
            if (!keeps((float) loss)) {
                continue;
            }
            sum += loss;
            double confidence = prediction.depthConfidence()[pixel];
            double error = (double) prediction.depth()[pixel] - trueDepth[pixel];
            depthGradient[i] += gradientShare * confidence * AbsoluteValue.derivative(error);
            confidenceGradient[pixel] = (float) (gradientShare * (Math.abs(error) - confidenceWeight / confidence));
        }
        return share * sum;
    }
}
