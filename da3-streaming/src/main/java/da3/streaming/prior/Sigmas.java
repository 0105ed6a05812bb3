package da3.streaming.prior;

import da3.geometry.check.Check;

/** Limits of standard deviations, within which information matrices are finite. */
final class Sigmas {

    private static final double SMALLEST = 1e-6;

    private static final double LARGEST = 1e6;

    private Sigmas() {}

    /** @throws IllegalArgumentException if a standard deviation in meters or degrees is outside of the limits */
    static void require(String name, double sigma) {
        if (!(sigma >= SMALLEST && sigma <= LARGEST)) {
            throw Check.invalid(name, "from 0.000001 to 1000000", sigma);
        }
    }
}
