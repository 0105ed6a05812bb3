package da3.geometry.lens;

import da3.geometry.Intrinsics;

/** A camera without lens distortion. */
public record Pinhole(Intrinsics intrinsics) implements CameraModel {

    @Override
    public Pinhole withIntrinsics(Intrinsics other) {
        return new Pinhole(other);
    }

    @Override
    public ImagePlanePoint distort(ImagePlanePoint direction) {
        return direction;
    }

    @Override
    public double distortRadius(double radius) {
        return radius;
    }
}
