package da3.geometry;

/**
 * A pinhole camera: where it is and how it projects.
 *
 * @param pose world-to-camera, OpenCV axes
 * @param intrinsics in pixels of the camera's image
 */
public record Camera(Pose pose, Intrinsics intrinsics) {}
