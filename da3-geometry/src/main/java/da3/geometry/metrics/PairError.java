package da3.geometry.metrics;

import da3.geometry.Camera;
import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.geometry.math.Mat3;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The error of the predicted motion between two views, in degrees.
 *
 * <p>The motion from view a to view b is {@code a.inverse().compose(b)} of world-to-camera poses in the frame of the
 * first view. Source: function compute_pose in package bench of the reference.
 *
 * @param rotation error of the relative rotation
 * @param direction error of the direction of the relative translation; empty where the baseline is too short
 * @param trueRotation true relative rotation, for comparison with predictors that ignore the images
 */
public record PairError(double rotation, OptionalDouble direction, Mat3 trueRotation) {

    /**
     * Compares all pairs of views, in lexicographic order.
     *
     * @param predicted a camera for each view, world-to-camera
     * @param truth a camera for each view, world-to-camera
     * @param minBaseline distance of the true camera centers, in their unit, above which the direction counts
     * @throws IllegalArgumentException if the numbers of cameras differ
     */
    public static List<PairError> ofAll(List<Camera> predicted, List<Camera> truth, double minBaseline) {
        if (predicted.size() != truth.size()) {
            throw Check.invalid(
                    "number of predicted cameras", "the number of true ones, " + truth.size(), predicted.size());
        }
        List<PairError> errors = new ArrayList<>();
        for (int a = 0; a < truth.size(); a++) {
            for (int b = a + 1; b < truth.size(); b++) {
                Pose real = motion(truth, a, b);
                Pose seen = motion(predicted, a, b);
                errors.add(new PairError(
                        Angles.between(seen.rotation(), real.rotation()),
                        baseline(truth, a, b) > minBaseline
                                ? OptionalDouble.of(Angles.between(seen.translation(), real.translation()))
                                : OptionalDouble.empty(),
                        real.rotation()));
            }
        }
        return errors;
    }

    /** Returns the larger of both errors, or that of the rotation if the direction does not count. */
    public double worst() {
        return Math.max(rotation, direction.orElse(0));
    }

    private static Pose motion(List<Camera> cameras, int a, int b) {
        Pose toWorld = cameras.get(0).pose().inverse();
        return cameras.get(a)
                .pose()
                .compose(toWorld)
                .inverse()
                .compose(cameras.get(b).pose().compose(toWorld));
    }

    private static double baseline(List<Camera> cameras, int a, int b) {
        return cameras.get(a)
                .pose()
                .cameraCenter()
                .minus(cameras.get(b).pose().cameraCenter())
                .norm();
    }
}
