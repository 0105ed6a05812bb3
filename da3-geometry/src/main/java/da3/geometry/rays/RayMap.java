package da3.geometry.rays;

/**
 * A ray through every pixel of a coarse grid, in the world frame.
 *
 * @param rays height x width x 6, row-major: direction (not of unit length), then origin
 * @param confidence height x width, above 1
 */
public record RayMap(int width, int height, float[] rays, float[] confidence) {

    public RayMap {
        long pixels = (long) width * height;
        if (rays.length != 6 * pixels || confidence.length != pixels) {
            throw new IllegalArgumentException(
                    "ray map of " + width + "x" + height + " has " + rays.length + " ray numbers and "
                            + confidence.length + " confidences; legal: " + 6 * pixels + " and " + pixels);
        }
    }

    @Override
    public String toString() {
        return "RayMap[" + width + "x" + height + "]";
    }
}
