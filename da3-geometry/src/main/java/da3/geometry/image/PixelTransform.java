package da3.geometry.image;

import da3.geometry.Intrinsics;

/**
 * From a photo's pixels to those of the image that was made of it: resized by {@code sx} and {@code sy}, then cut, so that
 * {@code x' = sx x - left}. Coordinates are continuous: an image's corner is (0, 0), the first pixel's center (0.5, 0.5).
 *
 * @param sx columns of the resized photo for one of its own
 * @param left columns of the resized photo that are cut off
 */
public record PixelTransform(double sx, double sy, double left, double top) {

    public static final PixelTransform IDENTITY = new PixelTransform(1, 1, 0, 0);

    /** A further resize. */
    public PixelTransform resized(double fx, double fy) {
        return new PixelTransform(sx * fx, sy * fy, left * fx, top * fy);
    }

    /** A further cut. */
    public PixelTransform cut(double columns, double rows) {
        return new PixelTransform(sx, sy, left + columns, top + rows);
    }

    /** The made image's column of a photo's. */
    public double x(double photoX) {
        return sx * photoX - left;
    }

    /** The made image's row of a photo's. */
    public double y(double photoY) {
        return sy * photoY - top;
    }

    /** Of the made image, from the photo's. */
    public Intrinsics apply(Intrinsics photo) {
        return photo.scaled(sx, sy).cropped(left, top);
    }

    /** Of the photo, from the made image's. */
    public Intrinsics undo(Intrinsics made) {
        return made.cropped(-left, -top).scaled(1 / sx, 1 / sy);
    }
}
