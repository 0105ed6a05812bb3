package da3.geometry.lens;

/** A place on the plane at distance 1 before a camera: the direction (x, y, 1), or where a lens seems to see it. */
public record PlanePoint(double x, double y) {

    public double norm() {
        return Math.hypot(x, y);
    }

    PlanePoint times(double s) {
        return new PlanePoint(x * s, y * s);
    }
}
