package da3.synthetic.solid;

/**
 * A linear color, 0 or more in each channel: the reflected fraction of light for a surface, the strength for a light.
 */
public record LinearRgb(double red, double green, double blue) {

    public LinearRgb times(double factor) {
        return new LinearRgb(factor * red, factor * green, factor * blue);
    }

    /** Returns this color moved toward another: a share of 0 gives this one, 1 the other. */
    LinearRgb mix(LinearRgb other, double share) {
        return new LinearRgb(
                red + share * (other.red - red),
                green + share * (other.green - green),
                blue + share * (other.blue - blue));
    }
}
