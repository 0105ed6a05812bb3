package da3.train.objective;

import da3.geometry.check.Check;

/**
 * Weights of the objective of the Gaussian head; a term of weight 0 is not computed.
 *
 * @param mse weight of the mean squared error of colors
 * @param ssim weight of 1 - structural similarity
 * @param depth weight of 1 - correlation of rendered and true depth
 * @param lpips weight of the learned perceptual similarity, which needs a file with the weights of its network
 */
public record GaussianWeights(double mse, double ssim, double depth, double lpips) {

    /** Weight of LPIPS in MVSplat, arXiv 2403.14627. */
    public static final double LPIPS = 0.05;

    /** @throws IllegalArgumentException if a weight is negative or not finite */
    public GaussianWeights {
        Check.atLeast("weight of the squared error", 0.0, mse);
        Check.atLeast("weight of the structural similarity", 0.0, ssim);
        Check.atLeast("weight of the depth", 0.0, depth);
        Check.atLeast("weight of LPIPS", 0.0, lpips);
    }

    /** Creates weights without LPIPS. */
    public GaussianWeights(double mse, double ssim, double depth) {
        this(mse, ssim, depth, 0);
    }

    /**
     * Returns 1, 0.05, 0.05 and 0. The Depth Anything 3 paper states no weights; 0.05 is what MVSplat gives to LPIPS, in
     * whose place the structural similarity is used.
     */
    public static GaussianWeights defaults() {
        return new GaussianWeights(1, 0.05, 0.05);
    }

    public GaussianWeights withMse(double weight) {
        return new GaussianWeights(weight, ssim, depth, lpips);
    }

    public GaussianWeights withSsim(double weight) {
        return new GaussianWeights(mse, weight, depth, lpips);
    }

    public GaussianWeights withDepth(double weight) {
        return new GaussianWeights(mse, ssim, weight, lpips);
    }

    public GaussianWeights withLpips(double weight) {
        return new GaussianWeights(mse, ssim, depth, weight);
    }
}
