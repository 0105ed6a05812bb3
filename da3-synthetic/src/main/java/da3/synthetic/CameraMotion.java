package da3.synthetic;

/**
 * How far the cameras of a scene are from the first one.
 *
 * @param rotationOnly share of the scenes whose cameras only rotate
 * @param minBaseline smallest baseline of a scene, as a fraction of the mean depth of the first view
 * @param maxBaseline largest baseline; a view is at 0.3 to 1 of the scene's baseline from the first, and closer where
 *     views would overlap too little
 * @param minFollow how much cameras turn to what the first one looks at: 0 for not at all, 1 for all the way
 */
record CameraMotion(double rotationOnly, double minBaseline, double maxBaseline, double minFollow) {

    /** Every fifth scene is a pure rotation, the others move by up to 40 % of the depth. */
    static final CameraMotion USUAL = new CameraMotion(0.2, 0.03, 0.4, 0);

    /** Cameras that move by up to the depth. */
    static final CameraMotion WIDE = new CameraMotion(0, 0.7, 1, 0.85);
}
