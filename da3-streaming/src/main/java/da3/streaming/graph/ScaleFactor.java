package da3.streaming.graph;

/**
 * A linear constraint on logarithms of scales: that of one scale, or the difference of two.
 *
 * @param from number of the scale that is subtracted, or -1 for none
 * @param to number of a scale
 * @param logRatio measured logarithm of {@code scale(to) / scale(from)}, or of {@code scale(to)} alone
 * @param sigma standard deviation of the logarithm
 */
record ScaleFactor(int from, int to, double logRatio, double sigma) implements Factor {

    static ScaleFactor of(ScaleEdge edge) {
        return new ScaleFactor(edge.from(), edge.to(), Math.log(edge.ratio()), edge.sigma());
    }

    @Override
    public int dimension() {
        return 1;
    }

    @Override
    public int[] poses() {
        return new int[0];
    }

    @Override
    public int[] scales() {
        return from < 0 ? new int[] {to} : new int[] {from, to};
    }

    @Override
    public double[] residual(GraphState state) {
        double difference = state.logScale(to) - (from < 0 ? 0 : state.logScale(from));
        return new double[] {(difference - logRatio) / sigma};
    }

    @Override
    public Linearization linearize(GraphState state) {
        double[] byTo = {1 / sigma};
        double[][] jacobians = from < 0 ? new double[][] {byTo} : new double[][] {{-1 / sigma}, byTo};
        return new Linearization(residual(state), jacobians);
    }
}
