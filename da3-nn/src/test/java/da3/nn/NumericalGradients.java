package da3.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;

/** Gradients by central differences in double precision, and comparisons with them. */
final class NumericalGradients {

    /** The truncation error is its square and the rounding error 1e-16 divided by it, together less than 1e-9. */
    private static final double STEP = 1e-5;

    /** Relative to the norm of the gradient: the rounding error of float32 in sums of a few hundred terms. */
    private static final double TOLERANCE = 1e-5;

    private NumericalGradients() {}

    /** Returns the gradient of the sum of dy times function(x) with respect to x. */
    static double[] of(UnaryOperator<double[]> function, float[] x, float[] dy) {
        double[] at = NaiveOperations.doubles(x);
        double[] gradient = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            at[i] = x[i] + STEP;
            double[] above = function.apply(at);
            at[i] = x[i] - STEP;
            double[] below = function.apply(at);
            at[i] = x[i];
            gradient[i] = difference(above, below, dy);
        }
        return gradient;
    }

    /**
     * Returns the derivative of the sum of dy times function(x) in a direction, for functions too expensive for
     * {@link #of}.
     */
    static double along(float[] direction, UnaryOperator<double[]> function, float[] x, float[] dy) {
        double[] above = new double[x.length];
        double[] below = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            above[i] = x[i] + STEP * direction[i];
            below[i] = x[i] - STEP * direction[i];
        }
        return difference(function.apply(above), function.apply(below), dy);
    }

    private static double difference(double[] above, double[] below, float[] dy) {
        double sum = 0;
        for (int j = 0; j < dy.length; j++) {
            sum += dy[j] * (above[j] - below[j]);
        }
        return sum / (2 * STEP);
    }

    /** Asserts that the norm of the difference is small relative to the expected norm. */
    static void assertGradient(float[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += (actual[i] - expected[i]) * (actual[i] - expected[i]);
            norm += expected[i] * expected[i];
        }
        // a zero gradient is a sum of terms of order 1 that cancel up to rounding
        assertThat(Math.sqrt(difference)).isLessThanOrEqualTo(TOLERANCE * Math.sqrt(norm) + 2e-6);
    }

    /**
     * Asserts that the product of a gradient with a normally distributed direction is the derivative in that direction.
     */
    static void assertDerivative(float[] gradient, float[] direction, double expected) {
        double product = 0;
        double norm = 0;
        for (int i = 0; i < gradient.length; i++) {
            product += (double) gradient[i] * direction[i];
            norm += (double) gradient[i] * gradient[i];
        }
        assertThat(Math.abs(product - expected)).isLessThanOrEqualTo(TOLERANCE * Math.sqrt(norm));
    }
}
