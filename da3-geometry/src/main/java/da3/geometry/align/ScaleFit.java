package da3.geometry.align;

import java.util.OptionalDouble;

/** A least squares fit of the factor between two sets of numbers. */
public final class ScaleFit {

    private double product;
    private double square;

    /** Adds a pair: {@code source} times the factor should be {@code target}. */
    public void add(double target, double source) {
        product += target * source;
        square += source * source;
    }

    /** Returns the factor; empty if all sources are 0. */
    public OptionalDouble factor() {
        return square == 0 ? OptionalDouble.empty() : OptionalDouble.of(product / square);
    }
}
