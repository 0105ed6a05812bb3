package da3.geometry;

/**
 * One number a pixel: depth, confidence or sky.
 *
 * @param values height x width, row-major
 */
public record ScalarMap(int width, int height, float[] values) {

    public ScalarMap {
        if (values.length != (long) width * height) {
            throw new IllegalArgumentException("map of " + width + "x" + height + " has " + values.length
                    + " values; legal: " + (long) width * height);
        }
    }

    public float at(int x, int y) {
        return values[y * width + x];
    }

    /** This map times a factor, rounded once. */
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
