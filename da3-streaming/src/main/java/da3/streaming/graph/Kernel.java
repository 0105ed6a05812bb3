package da3.streaming.graph;

/**
 * A robust cost of a squared residual. Minimization re-weights squared residuals by {@link #weight}, the derivative of
 * the cost.
 */
interface Kernel {

    /** Returns the cost of a squared residual. */
    double cost(double squared);

    /** Returns the weight of a squared residual, 0 to 1. */
    double weight(double squared);

    /** Returns the kernel that multiplies squared residuals by a constant. */
    static Kernel constant(double weight) {
        return new Kernel() {
            @Override
            public double cost(double squared) {
                return weight * squared;
            }

            @Override
            public double weight(double squared) {
                return weight;
            }
        };
    }

    /**
     * Returns the kernel of Huber, which grows linearly beyond a threshold (Huber, "Robust Estimation of a Location
     * Parameter", 1964).
     *
     * @param threshold length of a whitened residual; positive
     */
    static Kernel huber(double threshold) {
        return new Kernel() {
            @Override
            public double cost(double squared) {
                return squared <= threshold * threshold
                        ? squared
                        : 2 * threshold * Math.sqrt(squared) - threshold * threshold;
            }

            @Override
            public double weight(double squared) {
                return squared <= threshold * threshold ? 1 : threshold / Math.sqrt(squared);
            }
        };
    }
}
