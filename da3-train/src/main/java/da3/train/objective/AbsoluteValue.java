package da3.train.objective;

/** The derivative of the absolute value, for L1 losses. */
final class AbsoluteValue {

    private AbsoluteValue() {}

    /**
     * Returns the derivative of |x|: the sign of x, 0 at 0, and NaN for NaN. Equals {@link Math#signum}, without a branch
     * on the sign, which would often be mispredicted.
     */
    static double derivative(double x) {
        return x == 0 || Double.isNaN(x) ? x : Math.copySign(1, x);
    }
}
