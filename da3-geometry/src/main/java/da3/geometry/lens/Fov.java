package da3.geometry.lens;

import da3.geometry.Intrinsics;

/**
 * A wide lens of one number: a direction at the distance r from the axis seems to be at
 * {@code atan(2 r tan(omega / 2)) / omega}. Devernay and Faugeras, "Straight lines have to be straight" (2001); COLMAP's FOV.
 *
 * @param omega radians, below pi; 0 bends nothing
 */
public record Fov(Intrinsics intrinsics, double omega) implements CameraModel {

    /** Below this the formula is nothing over nothing, and its limit holds to all digits. */
    private static final double SMALL = 1e-6;

    public Fov {
        if (!(Math.abs(omega) < Math.PI)) {
            throw new IllegalArgumentException("omega is " + omega + "; legal: above -pi, below pi");
        }
    }

    @Override
    public Fov withIntrinsics(Intrinsics other) {
        return new Fov(other, omega);
    }

    @Override
    public ImagePlanePoint distort(ImagePlanePoint direction) {
        double radius = direction.norm();
        return radius < SMALL * SMALL
                ? direction.times(Math.abs(omega) < SMALL ? 1 : 2 * Math.tan(omega / 2) / omega)
                : direction.times(distortRadius(radius) / radius);
    }

    @Override
    public double distortRadius(double radius) {
        return Math.abs(omega) < SMALL ? radius : Math.atan(2 * radius * Math.tan(omega / 2)) / omega;
    }
}
