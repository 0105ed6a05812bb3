package da3.train.data;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;

/** The camera of views whose camera is unknown: at the origin, with square pixels and a centered principal point. */
final class AssumedCamera {

    /** Horizontal field of view in degrees unless another one is stated. */
    static final double FIELD_OF_VIEW = 60;

    private AssumedCamera() {}

    /**
     * Returns the camera of an image.
     *
     * @param fieldOfView horizontal field of view in degrees
     */
    static Camera of(int width, int height, double fieldOfView) {
        double focal = width / (2 * Math.tan(Math.toRadians(fieldOfView) / 2));
        return new Camera(Pose.IDENTITY, new Intrinsics(focal, focal, width / 2.0, height / 2.0));
    }
}
