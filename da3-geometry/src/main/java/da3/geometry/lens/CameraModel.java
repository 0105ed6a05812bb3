package da3.geometry.lens;

import da3.geometry.Intrinsics;
import java.util.Optional;

/**
 * A camera with lens distortion. A direction (x, y, 1) is first distorted to another point of the plane z = 1, which
 * the intrinsics then map to pixels. Directions more than {@value #MAX_ANGLE} degrees off the axis are not supported,
 * since a plane image cannot show them usefully.
 */
public sealed interface CameraModel permits Pinhole, BrownConrady, Fisheye, Fov {

    /** Maximum angle between a direction and the axis, in degrees. */
    double MAX_ANGLE = 75;

    /** Returns the intrinsics, in pixels of the distorted image. */
    Intrinsics intrinsics();

    /** Returns the same lens with other intrinsics. */
    CameraModel withIntrinsics(Intrinsics intrinsics);

    /** Returns the distorted position of a direction on the plane z = 1. */
    ImagePlanePoint distort(ImagePlanePoint direction);

    /**
     * Returns the distorted distance from the axis of a direction at distance {@code radius}, by the radial terms
     * alone.
     */
    double distortRadius(double radius);

    /** Returns the pixel position that sees a direction. */
    default ImagePlanePoint project(ImagePlanePoint direction) {
        ImagePlanePoint distorted = distort(direction);
        Intrinsics k = intrinsics();
        return new ImagePlanePoint(k.projectX(distorted.x(), 1), k.projectY(distorted.y(), 1));
    }

    /**
     * Returns the direction at a distorted position; empty if there is none. For many positions, create one
     * {@link #inverse}.
     */
    default Optional<ImagePlanePoint> undistort(ImagePlanePoint distorted) {
        return inverse().undistort(distorted);
    }

    /** Returns the inverse of this lens. */
    default LensInverse inverse() {
        return new LensInverse(this);
    }
}
