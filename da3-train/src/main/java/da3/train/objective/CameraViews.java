package da3.train.objective;

/** Which views of a scene the camera term looks at. */
public enum CameraViews {
    /** Every view. */
    ALL,
    /** Every view but the first of its scene, whose pose is the identity when truth is in the first view's frame. */
    EXCEPT_FIRST
}
