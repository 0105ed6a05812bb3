package da3.geometry;

import da3.geometry.check.Check;

/**
 * A known distance between two points of a surface that one image shows, which determines the scale of a scene.
 *
 * @param view view whose image shows both points, counted from 0
 * @param fromX column of the first point in the original image; continuous, the left edge is 0
 * @param fromY row of the first point, with the same convention
 * @param toX column of the second point
 * @param toY row of the second point
 * @param meters distance between the points in meters, positive
 */
public record KnownDistance(int view, double fromX, double fromY, double toX, double toY, double meters) {

    /** @throws IllegalArgumentException if the view is negative, the points are equal or the distance is not positive */
    public KnownDistance {
        Check.atLeast("view of the known distance", 0, view);
        Check.positive("known distance in meters", meters);
        if (fromX == toX && fromY == toY) {
            throw Check.invalid("points of the known distance", "different", "(" + fromX + ", " + fromY + ") twice");
        }
    }

    /**
     * Checks that both points are inside the image.
     *
     * @param width width of the original image in pixels
     * @param height height of the original image in pixels
     * @throws IllegalArgumentException if a point is outside the image
     */
    public void requireInside(int width, int height) {
        requireInside(fromX, fromY, width, height);
        requireInside(toX, toY, width, height);
    }

    private static void requireInside(double x, double y, int width, int height) {
        if (!(x >= 0 && x <= width && y >= 0 && y <= height)) {
            throw Check.invalid(
                    "point of the known distance",
                    "inside the image, from (0, 0) to (" + width + ", " + height + ")",
                    "(" + x + ", " + y + ")");
        }
    }
}
