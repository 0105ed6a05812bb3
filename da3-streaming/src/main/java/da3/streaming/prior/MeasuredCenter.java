package da3.streaming.prior;

import da3.geometry.math.Vec3;

/**
 * The measured center of the camera of a frame.
 *
 * @param frame number of the frame in the map
 * @param position world coordinates in meters
 * @param weight inverse of the variance of a coordinate, averaged over the coordinates
 */
public record MeasuredCenter(int frame, Vec3 position, double weight) {

    static MeasuredCenter of(PositionPriors.Placed placed) {
        PositionPrior prior = placed.prior();
        double horizontal = prior.horizontalSigma() * prior.horizontalSigma();
        double vertical = prior.verticalSigma() * prior.verticalSigma();
        return new MeasuredCenter(placed.frame(), prior.position(), 3 / (2 * horizontal + vertical));
    }

    static MeasuredCenter of(PosePriors.Placed placed) {
        PosePrior prior = placed.prior();
        double variance = prior.translationSigma() * prior.translationSigma();
        return new MeasuredCenter(placed.frame(), prior.pose().cameraCenter(), 1 / variance);
    }
}
