package da3.train.objective;

import da3.core.lpips.LpipsNetwork;
import da3.geometry.ScalarMap;
import da3.geometry.metrics.Ssim;
import da3.geometry.splat.SplatImage;
import java.util.Optional;

/**
 * The terms that compare one rendered image with a target: the mean squared error of colors, 1 - structural similarity
 * ({@link Ssim}), the {@link DepthCorrelation}, and LPIPS.
 */
final class RenderingTerms {

    private final GaussianWeights weights;
    private final Optional<LpipsNetwork> lpips;
    private final double share;

    /**
     * @param lpips network of LPIPS, which must be present if its weight is not 0
     * @param share factor of the gradients in addition to the weights, such as 1 / number of targets
     */
    RenderingTerms(GaussianWeights weights, Optional<LpipsNetwork> lpips, double share) {
        this.weights = weights;
        this.lpips = lpips;
        this.share = share;
    }

    /** The terms before their weights, and the gradient of their weighted sum, in the layout of the image. */
    record Result(double mse, double ssim, double depth, double lpips, SplatImage gradients) {}

    /** @throws IllegalArgumentException if a side is too short for the similarity or LPIPS, and they are used */
    Result evaluate(SplatImage image, RenderTarget target) {
        int width = image.width();
        int height = image.height();
        double[] ofRgb = new double[image.rgb().length];
        float[] ofDepth = new float[width * height];
        double mse = weights.mse() > 0 ? squaredError(image.rgb(), target.rgb(), ofRgb) : 0;
        double ssim = 0;
        if (weights.ssim() > 0) {
            double factor = -share * weights.ssim();
            ssim = 1 - Ssim.differentiate(image.rgb(), target.rgb(), width, height, factor, ofRgb);
        }
        double depth = 0;
        if (weights.depth() > 0) {
            depth = new DepthCorrelation(image.depth(), image.alpha(), target.depth())
                    .add(share * weights.depth(), ofDepth);
        }
        double perceptual = 0;
        if (weights.lpips() > 0) {
            double factor = share * weights.lpips();
            perceptual = lpips.orElseThrow().differentiate(image.rgb(), target.rgb(), width, height, factor, ofRgb);
        }
        SplatImage gradients = new SplatImage(
                width,
                height,
                floats(ofRgb),
                new ScalarMap(width, height, ofDepth),
                new ScalarMap(width, height, new float[width * height]));
        return new Result(mse, ssim, depth, perceptual, gradients);
    }

    private double squaredError(float[] rgb, float[] truth, double[] gradient) {
        double factor = share * weights.mse() * 2 / rgb.length;
        double sum = 0;
        for (int i = 0; i < rgb.length; i++) {
            double error = (double) rgb[i] - truth[i];
            sum += error * error;
            gradient[i] += factor * error;
        }
        return sum / rgb.length;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
