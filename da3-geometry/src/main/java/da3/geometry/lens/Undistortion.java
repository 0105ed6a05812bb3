package da3.geometry.lens;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.ScalarMap;
import da3.geometry.check.Check;
import java.util.stream.IntStream;

/**
 * Resampling of distorted images to those of a pinhole camera. The result is the largest rectangle around the axis that
 * the image fills, at the focal lengths of the image, or at shorter ones where the rectangle would have more pixels
 * than the image.
 *
 * @param lens lens of the distorted image
 * @param intrinsics intrinsics of the undistorted image
 * @param width width of the undistorted image
 * @param height height of the undistorted image
 */
public record Undistortion(CameraModel lens, Intrinsics intrinsics, int width, int height) {

    /** Sampled points on each border of the image. */
    private static final int BORDER_SAMPLES = 256;

    /**
     * Returns the undistortion of images of this size.
     *
     * @param width width of the distorted image
     * @param height height of the distorted image
     * @throws DegenerateGeometryException if the principal point is outside the image, or the undistorted image is
     *     empty
     */
    public static Undistortion of(CameraModel lens, int width, int height) {
        if (lens instanceof Pinhole) {
            return new Undistortion(lens, lens.intrinsics(), width, height);
        }
        Intrinsics k = lens.intrinsics();
        if (!(k.cx() > 0 && k.cx() < width && k.cy() > 0 && k.cy() < height)) {
            throw new DegenerateGeometryException(Check.message(
                    "principal point of an image to undistort",
                    "inside the image, " + width + "x" + height,
                    "(" + k.cx() + ", " + k.cy() + ")"));
        }
        double[] box = filledBox(lens.inverse(), width, height); // left, top, right, bottom on the plane
        double wide = (box[2] - box[0]) * k.fx();
        double high = (box[3] - box[1]) * k.fy();
        double scale = Math.min(1, Math.sqrt((double) width * height / (wide * high)));
        int newWidth = (int) Math.floor(wide * scale);
        int newHeight = (int) Math.floor(high * scale);
        if (!(wide > 0 && high > 0) || newWidth < 1 || newHeight < 1) {
            throw new DegenerateGeometryException(
                    "undistortion of an image of " + width + "x" + height + " is empty for " + lens);
        }
        Intrinsics straight =
                new Intrinsics(k.fx() * scale, k.fy() * scale, -box[0] * k.fx() * scale, -box[1] * k.fy() * scale);
        return new Undistortion(lens, straight, newWidth, newHeight);
    }

    /** Returns the largest box inside the undistorted borders of the image and inside the valid radius of the model. */
    private static double[] filledBox(LensInverse lens, int width, int height) {
        double[] box = {
            Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY
        };
        for (int i = 0; i <= BORDER_SAMPLES; i++) {
            double x = (double) width * i / BORDER_SAMPLES;
            double y = (double) height * i / BORDER_SAMPLES;
            lens.unproject(new ImagePlanePoint(0, y)).ifPresent(p -> box[0] = Math.max(box[0], p.x()));
            lens.unproject(new ImagePlanePoint(x, 0)).ifPresent(p -> box[1] = Math.max(box[1], p.y()));
            lens.unproject(new ImagePlanePoint(width, y)).ifPresent(p -> box[2] = Math.min(box[2], p.x()));
            lens.unproject(new ImagePlanePoint(x, height)).ifPresent(p -> box[3] = Math.min(box[3], p.y()));
        }
        double valid = lens.validRadius();
        for (int side = 0; side < 4; side++) {
            box[side] = Math.max(-valid, Math.min(valid, box[side]));
        }
        double farthest = Math.hypot(Math.max(-box[0], box[2]), Math.max(-box[1], box[3]));
        double shrink = Math.min(1, valid / farthest);
        for (int side = 0; side < 4; side++) {
            box[side] *= shrink;
        }
        return box;
    }

    /** Returns the undistorted image, interpolated bilinearly; an image of a pinhole camera is returned unchanged. */
    public Image apply(Image image) {
        if (lens instanceof Pinhole) {
            return image;
        }
        byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
        IntStream.range(0, height).parallel().forEach(y -> {
            for (int x = 0; x < width; x++) {
                ImagePlanePoint at = lens.project(direction(x, y));
                sample(image, at.x() - 0.5, at.y() - 0.5, rgb, 3 * (y * width + x));
            }
        });
        return new Image(width, height, rgb);
    }

    /**
     * Undistorts a map of the same size as the image by taking the nearest pixel, so that no values mix across edges; a
     * pinhole's map is returned as it is. Depth along the axis of the camera stays what it is.
     */
    public ScalarMap apply(ScalarMap map) {
        if (lens instanceof Pinhole) {
            return map;
        }
        float[] values = new float[Math.multiplyExact(width, height)];
        IntStream.range(0, height).parallel().forEach(y -> {
            for (int x = 0; x < width; x++) {
                ImagePlanePoint at = lens.project(direction(x, y));
                int column = (int) Math.max(0, Math.min(map.width() - 1, Math.floor(at.x())));
                int row = (int) Math.max(0, Math.min(map.height() - 1, Math.floor(at.y())));
                values[y * width + x] = map.at(column, row);
            }
        });
        return new ScalarMap(width, height, values);
    }

    private ImagePlanePoint direction(int x, int y) {
        return new ImagePlanePoint(intrinsics.unprojectX(x + 0.5), intrinsics.unprojectY(y + 0.5));
    }

    /** Interpolates between pixel centers, which have integer coordinates here; clamps coordinates at the border. */
    private static void sample(Image image, double x, double y, byte[] rgb, int to) {
        double column = Math.max(0, Math.min(image.width() - 1, x));
        double row = Math.max(0, Math.min(image.height() - 1, y));
        int left = (int) column;
        int top = (int) row;
        int right = Math.min(left + 1, image.width() - 1);
        int bottom = Math.min(top + 1, image.height() - 1);
        double u = column - left;
        double v = row - top;
        for (int c = 0; c < 3; c++) {
            double above = (1 - u) * image.channel(left, top, c) + u * image.channel(right, top, c);
            double below = (1 - u) * image.channel(left, bottom, c) + u * image.channel(right, bottom, c);
            rgb[to + c] = (byte) Math.rint((1 - v) * above + v * below);
        }
    }
}
