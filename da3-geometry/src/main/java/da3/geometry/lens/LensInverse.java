package da3.geometry.lens;

import da3.geometry.Intrinsics;
import java.util.Optional;

/** From where directions seem to be back to them; made once for many. */
public final class LensInverse {

    private static final int STEPS = 2000;

    /** Halvings of an interval that leave nothing of it to a double. */
    private static final int HALVINGS = 60;

    private static final int NEWTON_STEPS = 20;
    private static final double DIFFERENCE = 1e-6;

    /** On the plane at distance 1; a hundred-thousandth of a pixel of the longest lens. */
    private static final double TOLERANCE = 1e-10;

    private final CameraModel lens;
    private final double valid;

    LensInverse(CameraModel lens) {
        this.lens = lens;
        valid = validRadius(lens);
    }

    /**
     * How far from the axis directions may be for the model to tell them apart: a polynomial that was fitted to a photo
     * turns back somewhere outside of it.
     */
    public double validRadius() {
        return valid;
    }

    private static double validRadius(CameraModel lens) {
        double step = Math.tan(Math.toRadians(CameraModel.WIDEST)) / STEPS;
        double seen = 0;
        for (int i = 1; i <= STEPS; i++) {
            double next = lens.distortRadius(i * step);
            if (!(next > seen)) {
                return (i - 1) * step;
            }
            seen = next;
        }
        return STEPS * step;
    }

    /**
     * The direction that seems to be there; empty if none within the valid radius does. First along the radius, where the
     * lens is known to be one to one, then the little that has no symmetry.
     */
    public Optional<ImagePlanePoint> undistort(ImagePlanePoint seen) {
        double radius = seen.norm();
        ImagePlanePoint direction = radius == 0 ? seen : seen.times(radiusOf(radius) / radius);
        for (int i = 0; i < NEWTON_STEPS; i++) {
            ImagePlanePoint at = lens.distort(direction);
            double ex = at.x() - seen.x();
            double ey = at.y() - seen.y();
            if (Math.hypot(ex, ey) < TOLERANCE) {
                return direction.norm() <= valid ? Optional.of(direction) : Optional.empty();
            }
            ImagePlanePoint right = lens.distort(new ImagePlanePoint(direction.x() + DIFFERENCE, direction.y()));
            ImagePlanePoint left = lens.distort(new ImagePlanePoint(direction.x() - DIFFERENCE, direction.y()));
            ImagePlanePoint below = lens.distort(new ImagePlanePoint(direction.x(), direction.y() + DIFFERENCE));
            ImagePlanePoint above = lens.distort(new ImagePlanePoint(direction.x(), direction.y() - DIFFERENCE));
            double xx = (right.x() - left.x()) / (2 * DIFFERENCE);
            double xy = (below.x() - above.x()) / (2 * DIFFERENCE);
            double yx = (right.y() - left.y()) / (2 * DIFFERENCE);
            double yy = (below.y() - above.y()) / (2 * DIFFERENCE);
            double determinant = xx * yy - xy * yx;
            direction = new ImagePlanePoint(
                    direction.x() - (yy * ex - xy * ey) / determinant,
                    direction.y() - (xx * ey - yx * ex) / determinant);
        }
        return Optional.empty();
    }

    /** Direction of a pixel of the photo; empty where no direction that counts is seen. */
    public Optional<ImagePlanePoint> unproject(ImagePlanePoint pixel) {
        Intrinsics k = lens.intrinsics();
        return undistort(new ImagePlanePoint((pixel.x() - k.cx()) / k.fx(), (pixel.y() - k.cy()) / k.fy()));
    }

    private double radiusOf(double seen) {
        double from = 0;
        double to = valid;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (from + to) / 2;
            if (lens.distortRadius(middle) < seen) {
                from = middle;
            } else {
                to = middle;
            }
        }
        return (from + to) / 2;
    }
}
