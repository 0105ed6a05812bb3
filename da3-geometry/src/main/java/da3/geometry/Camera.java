package da3.geometry;

/**
 * Where a photo was taken and how.
 *
 * @param pose world-to-camera, OpenCV axes
 * @param intrinsics in pixels of the image that the camera goes with
 */
public record Camera(Pose pose, Intrinsics intrinsics) {}
