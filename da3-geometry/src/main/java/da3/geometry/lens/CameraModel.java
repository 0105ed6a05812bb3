package da3.geometry.lens;

import da3.geometry.Intrinsics;
import java.util.Optional;

/**
 * A lens: a direction (x, y, 1) is first bent to another place on the plane, which the intrinsics then bring to pixels.
 * Directions more than {@value #WIDEST} degrees off the axis are left out: no plane picture shows them.
 */
public sealed interface CameraModel permits Pinhole, BrownConrady, Fisheye, Fov {

    /** Of the directions looked at, in degrees off the axis. */
    double WIDEST = 75;

    /** In pixels of the photo. */
    Intrinsics intrinsics();

    /** The same lens before another sensor. */
    CameraModel withIntrinsics(Intrinsics intrinsics);

    /** Where a direction seems to be. */
    ImagePlanePoint distort(ImagePlanePoint direction);

    /** How far from the axis a direction seems to be that is {@code radius} from it, but for what has no symmetry. */
    double distortRadius(double radius);

    /** Pixel of a direction, or of a point before the camera at {@code (x z, y z, z)}. */
    default ImagePlanePoint project(ImagePlanePoint direction) {
        ImagePlanePoint bent = distort(direction);
        Intrinsics k = intrinsics();
        return new ImagePlanePoint(k.fx() * bent.x() + k.cx(), k.fy() * bent.y() + k.cy());
    }

    /** The direction that seems to be there; empty if none does that counts. For many, take one {@link #inverse}. */
    default Optional<ImagePlanePoint> undistort(ImagePlanePoint seen) {
        return inverse().undistort(seen);
    }

    default LensInverse inverse() {
        return new LensInverse(this);
    }
}
