package da3.synthetic.solid;

/** Linear red, green and blue, from 0: of a surface the share of light it gives back, of a light its strength. */
public record LinearRgb(double red, double green, double blue) {

    public LinearRgb times(double factor) {
        return new LinearRgb(factor * red, factor * green, factor * blue);
    }
}
