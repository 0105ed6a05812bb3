package da3.geometry;

import da3.geometry.math.Mat3;

/**
 * A pinhole camera without skew, in pixels; the image's top left corner is (0, 0), the first pixel's center (0.5, 0.5).
 */
public record Intrinsics(double fx, double fy, double cx, double cy) {

    /** From a row-major 3x3 matrix that starts at {@code offset}. */
    public static Intrinsics ofMatrix(double[] k, int offset) {
        return new Intrinsics(k[offset], k[offset + 4], k[offset + 2], k[offset + 5]);
    }

    public Mat3 matrix() {
        return new Mat3(fx, 0, cx, 0, fy, cy, 0, 0, 1);
    }

    /** For an image resized by these factors. */
    public Intrinsics scaled(double sx, double sy) {
        return new Intrinsics(fx * sx, fy * sy, cx * sx, cy * sy);
    }

    /** For an image whose first {@code left} columns and {@code top} rows are cut off. */
    public Intrinsics cropped(double left, double top) {
        return new Intrinsics(fx, fy, cx - left, cy - top);
    }

    /**
     * @param name how the error names these intrinsics
     * @throws IllegalArgumentException if an entry is not finite or a focal length is not positive
     */
    public Intrinsics requireValid(String name) {
        if (!(Double.isFinite(fx) && Double.isFinite(fy) && Double.isFinite(cx) && Double.isFinite(cy))) {
            throw new IllegalArgumentException(name + " has an entry that is not finite: " + this);
        }
        if (fx <= 0 || fy <= 0) {
            throw new IllegalArgumentException(
                    name + " has focal lengths " + fx + " and " + fy + "; legal: above 0 pixels");
        }
        return this;
    }
}
