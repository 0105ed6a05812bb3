package da3.geometry.rays;

import da3.geometry.check.Check;

/**
 * A coarse grid of viewing rays in the world frame, one for each patch of an image.
 *
 * @param rays (height, width, 6), row-major: direction (of any length), then origin
 * @param confidence (height, width), above 1
 */
public record RayMap(int width, int height, float[] rays, float[] confidence) {

    public RayMap {
        long pixels = (long) width * height;
        if (rays.length != 6 * pixels || confidence.length != pixels) {
            throw Check.invalid(
                    "arrays of a ray map of " + width + "x" + height,
                    6 * pixels + " ray values and " + pixels + " confidences",
                    rays.length + " ray values and " + confidence.length + " confidences");
        }
    }

    @Override
    public String toString() {
        return "RayMap[" + width + "x" + height + "]";
    }
}
