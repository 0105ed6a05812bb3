package da3.synthetic.solid;

/** Linear red, green and blue, from 0: of a surface the share of light it gives back, of a light its strength. */
public record Tint(double red, double green, double blue) {

    public Tint times(double factor) {
        return new Tint(factor * red, factor * green, factor * blue);
    }
}
