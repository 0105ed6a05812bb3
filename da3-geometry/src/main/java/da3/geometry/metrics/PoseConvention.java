package da3.geometry.metrics;

import da3.geometry.Pose;
import da3.geometry.math.Vec3;
import java.util.List;

/** A test whether given poses are camera-to-world although world-to-camera poses are expected. */
public final class PoseConvention {

    /** Mean disagreement with predicted cameras, in degrees, below which the given poses are not doubted. */
    private static final double MIN_ERROR = 20;

    /** Fraction of that disagreement that the inverse poses must stay below. */
    private static final double MAX_FRACTION = 1 / 3.0;

    /** Fraction of the largest distance between cameras below which the direction between two says little. */
    private static final double MIN_DISTANCE = 0.1;

    /** The warning for given poses that {@link #seemsInverted}. */
    public static final String WARNING =
            "the predicted cameras agree better with the inverses of the given poses: poses must be world-to-camera,"
                    + " and these seem to be camera-to-world";

    private PoseConvention() {}

    /**
     * Returns whether the inverses of the given poses agree much better with predicted cameras than the poses themselves.
     * Rotations and directions between cameras are compared, so that frames and units do not matter.
     *
     * @param predicted world-to-camera poses
     * @param given poses of the same cameras
     */
    public static boolean seemsInverted(List<Pose> predicted, List<Pose> given) {
        double error = error(predicted, given);
        List<Pose> inverses = given.stream().map(Pose::inverse).toList();
        return error > MIN_ERROR && error(predicted, inverses) < MAX_FRACTION * error;
    }

    /** Returns the mean over all pairs of cameras of the angles between relative rotations and between directions. */
    private static double error(List<Pose> predicted, List<Pose> given) {
        double near = MIN_DISTANCE * largestDistance(given);
        double nearPredicted = MIN_DISTANCE * largestDistance(predicted);
        double sum = 0;
        int count = 0;
        for (int i = 0; i < given.size(); i++) {
            for (int j = 0; j < given.size(); j++) {
                if (i != j) {
                    Pose a = predicted.get(i).compose(predicted.get(j).inverse());
                    Pose b = given.get(i).compose(given.get(j).inverse());
                    sum += Angles.between(a.rotation(), b.rotation());
                    count++;
                    Vec3 u = a.translation();
                    Vec3 v = b.translation();
                    sum += u.norm() > nearPredicted && v.norm() > near ? Angles.between(u, v) : 0;
                }
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    private static double largestDistance(List<Pose> poses) {
        double largest = 0;
        for (Pose a : poses) {
            for (Pose b : poses) {
                largest = Math.max(largest, a.compose(b.inverse()).translation().norm());
            }
        }
        return largest;
    }
}
