package da3.geometry.lens;

/** A place on the plane at distance 1 before a camera: the direction (x, y, 1), or where a lens seems to see it. */
public record ImagePlanePoint(double x, double y) {

    public double norm() {
        return Math.hypot(x, y);
    }

    ImagePlanePoint times(double s) {
        return new ImagePlanePoint(x * s, y * s);
    }
}
