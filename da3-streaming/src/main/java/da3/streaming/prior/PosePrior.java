package da3.streaming.prior;

import da3.geometry.Pose;

/**
 * A measured pose of a camera with its uncertainty, for instance of an inertial navigation system or a motion-capture
 * system. Errors of different axes are independent.
 *
 * @param pose world-to-camera, OpenCV axes
 * @param translationSigma standard deviation of each coordinate of the camera center in meters, positive
 * @param rotationSigma standard deviation about each axis in degrees, positive
 */
public record PosePrior(Pose pose, double translationSigma, double rotationSigma) {

    /** @throws IllegalArgumentException if the pose is not rigid, or a standard deviation is not positive */
    public PosePrior {
        pose.requireRigid("measured pose");
        Sigmas.require("standard deviation of the position", translationSigma);
        Sigmas.require("standard deviation of the rotation", rotationSigma);
    }
}
