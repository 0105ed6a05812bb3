package da3.streaming.graph;

/**
 * A measurement that constrains some poses and scales. Its residual is whitened: with correct values, each component has
 * mean zero and variance one.
 *
 * <p>Source of the term: Dellaert and Kaess, "Factor Graphs for Robot Perception", 2017, section 1.3.
 */
interface Factor {

    /** Returns the number of components of the residual. */
    int dimension();

    /** Returns the poses that the residual depends on. */
    int[] poses();

    /** Returns the scales that the residual depends on. */
    int[] scales();

    /** Returns the residual. */
    double[] residual(GraphState state);

    /** Returns the residual and its derivatives. */
    Linearization linearize(GraphState state);

    /** Returns the sum of squares of the residual: the squared Mahalanobis distance. */
    default double squaredError(GraphState state) {
        double sum = 0;
        for (double component : residual(state)) {
            sum += component * component;
        }
        return sum;
    }

    /**
     * A residual with its derivatives.
     *
     * @param residual dimension of the factor
     * @param jacobians for each pose and then each scale, dimension x 6 or 1, row-major
     */
    record Linearization(double[] residual, double[][] jacobians) {}
}
