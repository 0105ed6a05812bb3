package da3.train.objective;

/** The absolute value, of which the terms of an L1 loss consist. */
final class AbsoluteValue {

    private AbsoluteValue() {}

    /**
     * Returns the derivative of |x|: the sign of x, 0 at 0, and NaN for NaN. Like {@link Math#signum}, but without a branch
     * for each sign, which processors cannot predict for errors of both signs.
     */
    static double derivative(double x) {
        return x == 0 || Double.isNaN(x) ? x : Math.copySign(1, x);
    }
}
