package da3.geometry;

import da3.geometry.check.Check;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;

/**
 * Intrinsics of a pinhole camera without skew, in pixels. The top left corner of the image is (0, 0), the center of the
 * first pixel (0.5, 0.5).
 *
 * @param fx horizontal focal length
 * @param fy vertical focal length
 * @param cx column of the principal point
 * @param cy row of the principal point
 */
public record Intrinsics(double fx, double fy, double cx, double cy) {

    /** Returns intrinsics from a row-major 3x3 matrix that starts at {@code offset}. */
    public static Intrinsics ofMatrix(double[] k, int offset) {
        return new Intrinsics(k[offset], k[offset + 4], k[offset + 2], k[offset + 5]);
    }

    /** Returns the 3x3 camera matrix K. */
    public Mat3 matrix() {
        return new Mat3(fx, 0, cx, 0, fy, cy, 0, 0, 1);
    }

    /** Returns the column that sees a point at (x, z) in camera coordinates: {@code fx x / z + cx}. */
    public double projectX(double x, double z) {
        return fx * x / z + cx;
    }

    /** Returns the row that sees a point at (y, z) in camera coordinates: {@code fy y / z + cy}. */
    public double projectY(double y, double z) {
        return fy * y / z + cy;
    }

    /** Returns x of a point at depth 1, in camera coordinates, that a column sees. */
    public double unprojectX(double column) {
        return (column - cx) / fx;
    }

    /** Returns y of a point at depth 1, in camera coordinates, that a row sees. */
    public double unprojectY(double row) {
        return (row - cy) / fy;
    }

    /** Returns the point in camera coordinates that (column, row) sees at a depth along the z axis. */
    public Vec3 unproject(double column, double row, double depth) {
        return new Vec3(unprojectX(column) * depth, unprojectY(row) * depth, depth);
    }

    /** Returns the intrinsics of the image resized by these factors. */
    public Intrinsics scaled(double sx, double sy) {
        return new Intrinsics(fx * sx, fy * sy, cx * sx, cy * sy);
    }

    /** Returns the intrinsics of the image without its first {@code left} columns and {@code top} rows. */
    public Intrinsics cropped(double left, double top) {
        return new Intrinsics(fx, fy, cx - left, cy - top);
    }

    /**
     * Checks that these intrinsics are usable.
     *
     * @param name names these intrinsics in error messages
     * @return these intrinsics
     * @throws IllegalArgumentException if a value is not finite or a focal length is not positive
     */
    public Intrinsics requireValid(String name) {
        if (!(Double.isFinite(fx) && Double.isFinite(fy) && Double.isFinite(cx) && Double.isFinite(cy))) {
            throw Check.invalid(name, "finite", this);
        }
        if (fx <= 0 || fy <= 0) {
            throw Check.invalid("focal lengths of " + name, "positive", fx + " and " + fy);
        }
        return this;
    }
}
