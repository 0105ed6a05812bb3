package da3.geometry;

/**
 * A depth that was measured, for instance by a laser or from a known point.
 *
 * @param x column in the photo as given; continuous, the photo's left edge is 0, its first pixel's center 0.5
 * @param y row, likewise
 * @param meters along the camera's z axis, above 0
 */
public record DepthSample(double x, double y, double meters) {

    /**
     * @param name how the error names this sample
     * @throws IllegalArgumentException if the sample lies outside the photo or its depth is not a positive number
     */
    public DepthSample requireIn(Image photo, String name) {
        if (!(x >= 0 && x <= photo.width() && y >= 0 && y <= photo.height())) {
            throw new IllegalArgumentException(name + " lies at (" + x + ", " + y + "), outside its photo; legal: 0 to "
                    + photo.width() + " and 0 to " + photo.height());
        }
        if (!(meters > 0 && Double.isFinite(meters))) {
            throw new IllegalArgumentException(name + " is " + meters + " m deep; legal: above 0");
        }
        return this;
    }
}
