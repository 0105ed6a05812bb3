package da3.geometry.gaussian;

/** The opacity of a Gaussian from the probability that there is a surface. Source: {@code utils/geometry.py}. */
public final class Opacity {

    private Opacity() {}

    /**
     * The mean of {@code 1 - (1 - p)^e} and {@code p^(1/e)}: the probability itself for exponent 1, closer to a step
     * the larger the exponent is.
     *
     * @param p 0 to 1
     * @param exponent above 0
     * @return 0 to 1
     */
    public static double ofProbability(double p, double exponent) {
        if (!(exponent > 0)) {
            throw new IllegalArgumentException("opacity exponent is " + exponent + "; legal: above 0");
        }
        return exponent == 1 ? p : 0.5 * (1 - Math.pow(1 - p, exponent) + Math.pow(p, 1 / exponent));
    }
}
