package da3.geometry.lens;

import da3.geometry.Intrinsics;
import java.util.Optional;

/** The inverse of a lens model: maps distorted positions to directions. Immutable; create one for many positions. */
public final class LensInverse {

    private static final int STEPS = 2000;

    /** Enough to reduce an interval to the precision of a double. */
    private static final int BISECTION_STEPS = 60;

    private static final int NEWTON_STEPS = 20;
    private static final double DELTA = 1e-6;

    /** Tolerance on the plane z = 1; about 1e-5 pixels for the longest focal lengths. */
    private static final double TOLERANCE = 1e-10;

    private final CameraModel lens;
    private final double validRadius;

    LensInverse(CameraModel lens) {
        this.lens = lens;
        validRadius = validRadius(lens);
    }

    /**
     * Returns the maximum distance of directions from the axis for which the model is one-to-one. A polynomial that was
     * fitted to an image may fold back outside of it.
     */
    public double validRadius() {
        return validRadius;
    }

    private static double validRadius(CameraModel lens) {
        double step = Math.tan(Math.toRadians(CameraModel.MAX_ANGLE)) / STEPS;
        double previous = 0;
        for (int i = 1; i <= STEPS; i++) {
            double next = lens.distortRadius(i * step);
            if (!(next > previous)) {
                return (i - 1) * step;
            }
            previous = next;
        }
        return STEPS * step;
    }

    /**
     * Returns the direction at a distorted position; empty if there is none within the valid radius. Bisection along
     * the radius, where the lens is one-to-one, gives a start for Newton's method, which adds the terms without radial
     * symmetry.
     */
    public Optional<ImagePlanePoint> undistort(ImagePlanePoint distorted) {
        double radius = distorted.norm();
        ImagePlanePoint direction = radius == 0 ? distorted : distorted.times(undistortRadius(radius) / radius);
        for (int i = 0; i < NEWTON_STEPS; i++) {
            ImagePlanePoint at = lens.distort(direction);
            double ex = at.x() - distorted.x();
            double ey = at.y() - distorted.y();
            if (Math.hypot(ex, ey) < TOLERANCE) {
                return direction.norm() <= validRadius ? Optional.of(direction) : Optional.empty();
            }
            ImagePlanePoint right = lens.distort(new ImagePlanePoint(direction.x() + DELTA, direction.y()));
            ImagePlanePoint left = lens.distort(new ImagePlanePoint(direction.x() - DELTA, direction.y()));
            ImagePlanePoint below = lens.distort(new ImagePlanePoint(direction.x(), direction.y() + DELTA));
            ImagePlanePoint above = lens.distort(new ImagePlanePoint(direction.x(), direction.y() - DELTA));
            double xx = (right.x() - left.x()) / (2 * DELTA);
            double xy = (below.x() - above.x()) / (2 * DELTA);
            double yx = (right.y() - left.y()) / (2 * DELTA);
            double yy = (below.y() - above.y()) / (2 * DELTA);
            double determinant = xx * yy - xy * yx;
            direction = new ImagePlanePoint(
                    direction.x() - (yy * ex - xy * ey) / determinant,
                    direction.y() - (xx * ey - yx * ex) / determinant);
        }
        return Optional.empty();
    }

    /** Returns the direction that a pixel position of the distorted image sees; empty if there is none. */
    public Optional<ImagePlanePoint> unproject(ImagePlanePoint pixel) {
        Intrinsics k = lens.intrinsics();
        return undistort(new ImagePlanePoint(k.unprojectX(pixel.x()), k.unprojectY(pixel.y())));
    }

    private double undistortRadius(double distorted) {
        double from = 0;
        double to = validRadius;
        for (int i = 0; i < BISECTION_STEPS; i++) {
            double middle = (from + to) / 2;
            if (lens.distortRadius(middle) < distorted) {
                from = middle;
            } else {
                to = middle;
            }
        }
        return (from + to) / 2;
    }
}
