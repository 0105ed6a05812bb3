package da3.geometry.align;

import java.util.OptionalDouble;

/** The factor that takes one set of numbers closest to another in the least squares sense. */
public final class ScaleFit {

    private double product;
    private double square;

    /** Counts in a number and what it should become. */
    public void add(double target, double source) {
        product += target * source;
        square += source * source;
    }

    /** Empty if there is no source but 0. */
    public OptionalDouble factor() {
        return square == 0 ? OptionalDouble.empty() : OptionalDouble.of(product / square);
    }
}
