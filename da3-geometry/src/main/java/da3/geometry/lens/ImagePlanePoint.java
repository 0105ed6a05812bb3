package da3.geometry.lens;

/** A point on the plane z = 1 in camera coordinates: the direction (x, y, 1), or its distorted position. */
public record ImagePlanePoint(double x, double y) {

    public double norm() {
        return Math.hypot(x, y);
    }

    ImagePlanePoint times(double s) {
        return new ImagePlanePoint(x * s, y * s);
    }
}
