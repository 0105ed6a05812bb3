package da3.geometry;

import da3.geometry.check.Check;

/**
 * A measured depth at one point of an image, for instance from a laser scanner.
 *
 * @param x column in the original image; continuous, the left edge is 0, the center of the first pixel 0.5
 * @param y row, with the same convention
 * @param meters depth along the z axis of the camera, positive
 */
public record DepthSample(double x, double y, double meters) {

    /**
     * Checks that this sample is inside the image and has a valid depth.
     *
     * @param width width of the original image in pixels
     * @param height height of the original image in pixels
     * @param name names this sample in error messages
     * @throws IllegalArgumentException if the sample is outside the image or its depth is not positive and finite
     */
    public void requireInside(int width, int height, String name) {
        if (!(x >= 0 && x <= width && y >= 0 && y <= height)) {
            throw Check.invalid(
                    "position of " + name,
                    "inside the image, from (0, 0) to (" + width + ", " + height + ")",
                    "(" + x + ", " + y + ")");
        }
        Check.positive("depth of " + name + " in meters", meters);
    }
}
