package da3.train.objective;

/** Which views of a scene the camera term uses. */
public enum CameraViews {
    /** Every view. */
    ALL,
    /** Every view except the first of its scene, whose pose is the identity if the truth is in its frame. */
    EXCEPT_FIRST
}
