package da3.geometry.lens;

import da3.geometry.Intrinsics;

/**
 * The Brown-Conrady lens model: a rational radial distortion and a tangential distortion. With r the distance of a
 * direction (x, y, 1) from the axis, (x, y) is multiplied by
 * {@code (1 + k1 r^2 + k2 r^4 + k3 r^6) / (1 + k4 r^2 + k5 r^4 + k6 r^6)}, and then shifted by
 * {@code (2 p1 x y + p2 (r^2 + 2 x^2), p1 (r^2 + 2 y^2) + 2 p2 x y)}. It covers COLMAP's SIMPLE_RADIAL, RADIAL, OPENCV
 * and FULL_OPENCV, and the default model of OpenCV.
 */
public record BrownConrady(
        Intrinsics intrinsics, double k1, double k2, double p1, double p2, double k3, double k4, double k5, double k6)
        implements CameraModel {

    @Override
    public BrownConrady withIntrinsics(Intrinsics other) {
        return new BrownConrady(other, k1, k2, p1, p2, k3, k4, k5, k6);
    }

    @Override
    public ImagePlanePoint distort(ImagePlanePoint direction) {
        double x = direction.x();
        double y = direction.y();
        double rr = x * x + y * y;
        double radial = radial(rr);
        return new ImagePlanePoint(
                x * radial + 2 * p1 * x * y + p2 * (rr + 2 * x * x),
                y * radial + p1 * (rr + 2 * y * y) + 2 * p2 * x * y);
    }

    @Override
    public double distortRadius(double radius) {
        return radius * radial(radius * radius);
    }

    private double radial(double rr) {
        return (1 + rr * (k1 + rr * (k2 + rr * k3))) / (1 + rr * (k4 + rr * (k5 + rr * k6)));
    }
}
