package da3.geometry.image;

import da3.geometry.Intrinsics;

/**
 * The map from pixels of the original image to those of the processed image, which was resized by {@code sx} and
 * {@code sy} and then cropped: {@code x' = sx x - left}. Coordinates are continuous: the corner of an image is (0, 0),
 * the center of the first pixel (0.5, 0.5).
 *
 * @param sx horizontal scale
 * @param sy vertical scale
 * @param left columns of the resized image that are cropped
 * @param top rows of the resized image that are cropped
 */
public record PixelTransform(double sx, double sy, double left, double top) {

    public static final PixelTransform IDENTITY = new PixelTransform(1, 1, 0, 0);

    /** Returns the transform between two images of a camera that differ by a resize and a crop. */
    public static PixelTransform between(Intrinsics original, Intrinsics processed) {
        double sx = processed.fx() / original.fx();
        double sy = processed.fy() / original.fy();
        return new PixelTransform(sx, sy, original.cx() * sx - processed.cx(), original.cy() * sy - processed.cy());
    }

    /** Returns this transform followed by a resize. */
    public PixelTransform resized(double fx, double fy) {
        return new PixelTransform(sx * fx, sy * fy, left * fx, top * fy);
    }

    /** Returns this transform followed by a crop. */
    public PixelTransform cropped(double columns, double rows) {
        return new PixelTransform(sx, sy, left + columns, top + rows);
    }

    /** Returns the column in the processed image. */
    public double x(double originalX) {
        return sx * originalX - left;
    }

    /** Returns the row in the processed image. */
    public double y(double originalY) {
        return sy * originalY - top;
    }

    /** Converts intrinsics of the original image to those of the processed image. */
    public Intrinsics apply(Intrinsics original) {
        return original.scaled(sx, sy).cropped(left, top);
    }

    /** Converts intrinsics of the processed image to those of the original image. */
    public Intrinsics undo(Intrinsics processed) {
        return processed.cropped(-left, -top).scaled(1 / sx, 1 / sy);
    }
}
