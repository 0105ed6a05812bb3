package da3.geometry.align;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Sim3;
import da3.geometry.check.Check;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The similarity between given cameras and the cameras that a network predicted. A result can be converted to the frame
 * of the given cameras ({@link #depthInGivenScale}) or stay in the frame of the network ({@link #inPredictedFrame}).
 * Source: {@code api.py} of the reference. The reference rejects one or two cameras and exactly collinear ones, and
 * rotates nearly collinear ones at random; here {@link OrientationAlignment} handles these cases.
 *
 * @param givenToPredicted maps the given frame to the predicted one
 * @param scaled whether the cameras determine the scale; otherwise it is 1, because there is one camera or all centers
 *     nearly coincide
 */
public record PoseAlignment(Sim3 givenToPredicted, boolean scaled) {

    /** Number of views from which on outliers are removed. */
    private static final int MIN_RANSAC_VIEWS = 10;

    private static final int MIN_UMEYAMA_VIEWS = 3;

    /**
     * Aligns cameras of a scene of unknown depth: any spread of the centers above rounding errors determines a scale.
     */
    public static PoseAlignment of(List<Pose> predicted, List<Pose> given, long seed) {
        return of(predicted, given, OptionalDouble.empty(), seed);
    }

    /**
     * Aligns given cameras with predicted ones.
     *
     * @param predicted world-to-camera, at least one
     * @param given world-to-camera, one for each predicted pose
     * @param sceneDepth median of the predicted depths; cameras whose predicted distances are noise relative to it
     *     determine no scale
     * @param seed seed of the random samples that detect outliers
     * @throws IllegalArgumentException if the counts differ or there is no camera
     * @throws DegenerateGeometryException if a pose is not finite, or the relative rotations of the two sets cancel out
     */
    public static PoseAlignment of(List<Pose> predicted, List<Pose> given, OptionalDouble sceneDepth, long seed) {
        int views = given.size();
        if (views == 0 || predicted.size() != views) {
            throw Check.invalid(
                    "given and predicted cameras",
                    "equally many and at least one",
                    views + " given and " + predicted.size() + " predicted");
        }
        requireFinite("given", given);
        requireFinite("predicted", predicted);
        OrientationAlignment byOrientation = OrientationAlignment.of(predicted, given, sceneDepth);
        if (byOrientation.scaled()
                && views >= MIN_UMEYAMA_VIEWS
                && !nearlyCollinear(predicted)
                && !nearlyCollinear(given)) {
            try {
                return new PoseAlignment(
                        views < MIN_RANSAC_VIEWS
                                ? Umeyama.align(predicted, given)
                                : UmeyamaRansac.align(predicted, given, UmeyamaRansac.subsets(views, seed)),
                        true);
            } catch (DegenerateGeometryException unrelated) {
                // Sets that spread along different axes leave a rotation open, which the camera orientations determine.
            }
        }
        return new PoseAlignment(byOrientation.alignment(), byOrientation.scaled());
    }

    private static boolean nearlyCollinear(List<Pose> poses) {
        return CenterSpread.of(Umeyama.centers(poses)).nearlyCollinear();
    }

    /** Converts a given world-to-camera pose to the predicted frame. */
    public Pose inPredictedFrame(Pose given) {
        return givenToPredicted.applyToPose(given);
    }

    /** Converts a predicted world-to-camera pose to the given frame. */
    public Pose inGivenFrame(Pose predicted) {
        return givenToPredicted.inverse().applyToPose(predicted);
    }

    /** Converts predicted depth to the unit of the given cameras. */
    public ScalarMap depthInGivenScale(ScalarMap predicted) {
        return predicted.scaled(1 / givenToPredicted.scale());
    }

    private static void requireFinite(String which, List<Pose> poses) {
        for (int i = 0; i < poses.size(); i++) {
            if (!poses.get(i).rotation().isFinite()
                    || !poses.get(i).translation().isFinite()) {
                throw new DegenerateGeometryException(Check.message(which + " pose " + i, "finite", poses.get(i)));
            }
        }
    }
}
