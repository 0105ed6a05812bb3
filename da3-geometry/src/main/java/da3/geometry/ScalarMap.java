package da3.geometry;

import da3.geometry.check.Check;

/**
 * A map with one value for each pixel, such as depth, confidence or sky scores.
 *
 * @param values (height, width), row-major
 */
public record ScalarMap(int width, int height, float[] values) {

    public ScalarMap {
        if (values.length != (long) width * height) {
            throw Check.invalid(
                    "values of a map of " + width + "x" + height, "" + (long) width * height, values.length);
        }
    }

    public float at(int x, int y) {
        return values[y * width + x];
    }

    /** Returns this map multiplied by a factor. The product is computed in double precision. */
    public ScalarMap scaled(double factor) {
        float[] scaled = new float[values.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (values[i] * factor);
        }
        return new ScalarMap(width, height, scaled);
    }

    @Override
    public String toString() {
        return "ScalarMap[" + width + "x" + height + "]";
    }
}
