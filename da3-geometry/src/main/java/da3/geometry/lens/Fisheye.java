package da3.geometry.lens;

import da3.geometry.Intrinsics;

/**
 * An equidistant fisheye lens with polynomial distortion: a direction at the angle a off the axis appears at the
 * distance {@code a (1 + k1 a^2 + k2 a^4 + k3 a^6 + k4 a^8)}. Tangential distortion (p1, p2) and thin prism distortion
 * (sx1, sy1) are added in the same coordinates. It covers COLMAP's OPENCV_FISHEYE, SIMPLE_RADIAL_FISHEYE,
 * RADIAL_FISHEYE and THIN_PRISM_FISHEYE.
 */
public record Fisheye(
        Intrinsics intrinsics, double k1, double k2, double k3, double k4, double p1, double p2, double sx1, double sy1)
        implements CameraModel {

    /** Below this distance from the axis, an angle equals its tangent. */
    private static final double MIN_RADIUS = 1e-12;

    @Override
    public Fisheye withIntrinsics(Intrinsics other) {
        return new Fisheye(other, k1, k2, k3, k4, p1, p2, sx1, sy1);
    }

    @Override
    public ImagePlanePoint distort(ImagePlanePoint direction) {
        double radius = direction.norm();
        double toAngle = radius < MIN_RADIUS ? 1 : Math.atan(radius) / radius;
        double x = direction.x() * toAngle;
        double y = direction.y() * toAngle;
        double aa = x * x + y * y;
        double radial = radial(aa);
        return new ImagePlanePoint(
                x * radial + 2 * p1 * x * y + p2 * (aa + 2 * x * x) + sx1 * aa,
                y * radial + p1 * (aa + 2 * y * y) + 2 * p2 * x * y + sy1 * aa);
    }

    @Override
    public double distortRadius(double radius) {
        double angle = Math.atan(radius);
        return angle * radial(angle * angle);
    }

    private double radial(double aa) {
        return 1 + aa * (k1 + aa * (k2 + aa * (k3 + aa * k4)));
    }
}
