package da3.geometry.lens;

import da3.geometry.Intrinsics;
import da3.geometry.check.Check;

/**
 * The field-of-view lens model for wide lenses: a direction at the distance r from the axis appears at
 * {@code atan(2 r tan(omega / 2)) / omega}. Source: Devernay and Faugeras, "Straight lines have to be straight", 2001;
 * COLMAP's FOV.
 *
 * @param omega radians, between -pi and pi; 0 means no distortion
 */
public record Fov(Intrinsics intrinsics, double omega) implements CameraModel {

    /** Below this value the formula is 0 / 0, and its limit is exact in double precision. */
    private static final double SMALL = 1e-6;

    public Fov {
        if (!(Math.abs(omega) < Math.PI)) {
            throw Check.invalid("omega", "between -pi and pi", omega);
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
