package da3.streaming.prior;

import da3.geometry.check.Check;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;

/**
 * A measured position of a camera.
 *
 * @param position world coordinates; z is up if the axes have different uncertainties
 * @param horizontalSigma standard deviation of x and of y, positive
 * @param verticalSigma standard deviation of z, positive
 */
public record PositionPrior(Vec3 position, double horizontalSigma, double verticalSigma) {

    /** @throws IllegalArgumentException if the position is not finite, or a standard deviation is not positive */
    public PositionPrior {
        if (!position.isFinite()) {
            throw Check.invalid("measured position", "finite", position);
        }
        Sigmas.require("horizontal standard deviation", horizontalSigma);
        Sigmas.require("vertical standard deviation", verticalSigma);
    }

    /** Returns the covariance of the coordinates. */
    public Mat3 covariance() {
        double horizontal = horizontalSigma * horizontalSigma;
        return new Mat3(horizontal, 0, 0, 0, horizontal, 0, 0, 0, verticalSigma * verticalSigma);
    }
}
