package da3.train.objective;

import da3.geometry.check.Check;

/**
 * Weights of the terms of the metric objective; that of the depth is 1.
 *
 * @param gradient weight of the term of depth gradients
 * @param sky weight of the squared error of the sky mask
 */
public record MetricWeights(double gradient, double sky) {

    /** @throws IllegalArgumentException if a weight is negative or not finite */
    public MetricWeights {
        Check.atLeast("gradient weight", 0.0, gradient);
        Check.atLeast("sky weight", 0.0, sky);
    }

    /** Returns the weights that the teacher's objective has for the same terms. */
    public static MetricWeights defaults() {
        return new MetricWeights(0.5, 1);
    }
}
