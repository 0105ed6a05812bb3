package da3.streaming.window;

import da3.geometry.Pose;
import da3.geometry.Sim3;
import da3.geometry.check.Check;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.List;

/**
 * The alignment of a window to given poses. Rotation and translation follow from the poses; only the scale of the window
 * is uncertain. Two measurements of it are combined: the scale of the previous window, carried over the common frames,
 * and the ratio of given to predicted distances between cameras, which says little where the camera hardly moves.
 *
 * @param toMap similarity from the frame of the window to that of the given poses
 * @param scaleDeviation standard deviation of the logarithm of its scale
 */
public record GivenPoseAlignment(Sim3 toMap, double scaleDeviation) {

    /** Smallest standard deviation of a measurement by given poses: depth and motion of networks differ in scale. */
    private static final double MIN_DEVIATION = 0.02;

    /**
     * The normal distribution of the logarithm of the scale of a window, before its given poses are used.
     *
     * @param logScale expected value
     * @param deviation standard deviation
     */
    public record ScalePrior(double logScale, double deviation) {

        /** Prior of a window without a previous one: its scale is known within a factor of about 20. */
        public static final ScalePrior UNKNOWN = new ScalePrior(0, 3);

        /** Standard deviation that the common frames of two windows add. */
        private static final double STEP = 0.01;

        /** Returns the prior of a window from the previous one. */
        public static ScalePrior after(GivenPoseAlignment previous, WindowAlignment alignment) {
            if (alignment.inliers() == 0) {
                return new ScalePrior(Math.log(previous.toMap.scale()), UNKNOWN.deviation);
            }
            double logScale =
                    Math.log(previous.toMap.scale() * alignment.toPrevious().scale());
            return new ScalePrior(logScale, Math.hypot(previous.scaleDeviation, STEP));
        }
    }

    /**
     * Aligns a window.
     *
     * @param given given poses of some of its frames, at least one
     * @param predicted poses of the same frames in the frame of the window
     */
    public static GivenPoseAlignment of(List<Pose> given, List<Pose> predicted, ScalePrior prior) {
        Check.atLeast("number of given poses", 1, given.size());
        Mat3 rotation = MeanRotation.of(given, predicted);
        Vec3 to = Vec3.mean(given.stream().map(Pose::cameraCenter).toList());
        Vec3 from = Vec3.mean(predicted.stream().map(Pose::cameraCenter).toList());
        double targetSquares = 0;
        double sourceSquares = 0;
        double products = 0;
        for (int i = 0; i < given.size(); i++) {
            Vec3 y = given.get(i).cameraCenter().minus(to);
            Vec3 x = rotation.times(predicted.get(i).cameraCenter().minus(from));
            targetSquares += y.dot(y);
            sourceSquares += x.dot(x);
            products += y.dot(x);
        }
        double precision = 1 / (prior.deviation * prior.deviation);
        double logScale = prior.logScale;
        if (products > 0) {
            double scale = Math.sqrt(targetSquares / sourceSquares);
            double squaredError = targetSquares - 2 * scale * products + scale * scale * sourceSquares;
            // Degrees of freedom: three coordinates a camera, less scale and translation
            double relativeVariance = Math.max(0, squaredError) / (3.0 * given.size() - 4) / targetSquares;
            double measured = 1 / Math.max(MIN_DEVIATION * MIN_DEVIATION, relativeVariance);
            logScale = (precision * prior.logScale + measured * Math.log(scale)) / (precision + measured);
            precision += measured;
        }
        double scale = Math.exp(logScale);
        Sim3 toMap = new Sim3(scale, rotation, to.minus(rotation.times(from).times(scale)));
        return new GivenPoseAlignment(toMap, 1 / Math.sqrt(precision));
    }
}
