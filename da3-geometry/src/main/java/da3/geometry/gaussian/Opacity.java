package da3.geometry.gaussian;

import da3.geometry.check.Check;

/** Computes the opacity of a Gaussian from the probability of a surface. Source: {@code utils/geometry.py} of the reference. */
public final class Opacity {

    private Opacity() {}

    /**
     * Returns the mean of {@code 1 - (1 - p)^e} and {@code p^(1/e)} for an exponent e. The exponent 1 gives the
     * probability itself; larger exponents approach a step.
     *
     * @param p probability, 0 to 1
     * @param exponent positive
     * @return opacity, 0 to 1
     */
    public static double ofProbability(double p, double exponent) {
        if (!(exponent > 0)) {
            throw Check.invalid("opacity exponent", "positive", exponent);
        }
        return exponent == 1 ? p : 0.5 * (1 - Math.pow(1 - p, exponent) + Math.pow(p, 1 / exponent));
    }
}
