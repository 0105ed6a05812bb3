package da3.train.objective;

import da3.geometry.ScalarMap;

/**
 * A depth loss that no positive scale and no shift of the depth changes: 1 - Pearson's correlation of rendered and true
 * depth over the valid pixels of a view. Valid pixels have true depth and are covered at least half by Gaussians. A
 * view whose valid pixels have no variance has no loss.
 */
final class DepthCorrelation {

    private static final double COVERED = 0.5;

    private final float[] rendered;
    private final float[] truth;
    private final float[] alpha;

    DepthCorrelation(ScalarMap rendered, ScalarMap alpha, ScalarMap truth) {
        this.rendered = rendered.values();
        this.alpha = alpha.values();
        this.truth = truth.values();
    }

    /**
     * Returns the loss.
     *
     * @param weight factor of the gradient
     * @param gradient (height, width); the gradient with respect to the rendered depth is added to it
     */
    double add(double weight, float[] gradient) {
        long count = 0;
        double sumX = 0;
        double sumY = 0;
        for (int i = 0; i < rendered.length; i++) {
            if (isValid(i)) {
                count++;
                sumX += rendered[i];
                sumY += truth[i];
            }
        }
        double meanX = count > 0 ? sumX / count : 0;
        double meanY = count > 0 ? sumY / count : 0;
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int i = 0; i < rendered.length; i++) {
            if (isValid(i)) {
                double x = rendered[i] - meanX;
                double y = truth[i] - meanY;
                xx += x * x;
                xy += x * y;
                yy += y * y;
            }
        }
        if (!(xx > 0 && yy > 0)) {
            return 0;
        }
        double scale = 1 / Math.sqrt(xx * yy);
        double correlation = xy * scale;
        for (int i = 0; i < rendered.length; i++) {
            if (isValid(i)) {
                double slope = (truth[i] - meanY) * scale - correlation * (rendered[i] - meanX) / xx;
                gradient[i] -= (float) (weight * slope);
            }
        }
        return 1 - correlation;
    }

    private boolean isValid(int pixel) {
        return truth[pixel] > 0 && alpha[pixel] >= COVERED;
    }
}
