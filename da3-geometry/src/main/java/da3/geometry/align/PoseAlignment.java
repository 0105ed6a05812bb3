package da3.geometry.align;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Sim3;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How the cameras that a caller gave lie in the frame in which the network answered. A result can then be put in the
 * caller's frame (given cameras, {@link #depthInGivenScale}) or stay in the network's (depth as it is,
 * {@link #inPredictedFrame}). Source: {@code api.py} of the reference, which refuses one and two cameras and cameras
 * exactly on a line, and turns those nearly on a line at random; here {@link OrientationAlignment} serves them.
 *
 * @param scaled whether the cameras determine a scale; it is 1 for a single one, or where all stand in about one place
 */
public record PoseAlignment(Sim3 givenToPredicted, boolean scaled) {

    /** From this many views on outliers are looked for. */
    private static final int RANSAC_FROM_VIEWS = 10;

    private static final int UMEYAMA_FROM_VIEWS = 3;

    /** Where nothing is known of the scene's depth: any distance between cameras that rounding does not explain counts. */
    public static PoseAlignment of(List<Pose> predicted, List<Pose> given, long seed) {
        return of(predicted, given, OptionalDouble.empty(), seed);
    }

    /**
     * @param predicted world-to-camera, at least one
     * @param given world-to-camera, one for each predicted pose
     * @param sceneDepth median of the predicted depths; cameras whose predicted distances are noise beside it determine no
     *     scale
     * @param seed of the samples that outliers are looked for with
     * @throws IllegalArgumentException if the counts differ or there is no camera
     * @throws DegenerateGeometryException if a pose is not finite, or the rotations between the two sets cancel each other
     */
    public static PoseAlignment of(List<Pose> predicted, List<Pose> given, OptionalDouble sceneDepth, long seed) {
        int views = given.size();
        if (views == 0 || predicted.size() != views) {
            throw new IllegalArgumentException("alignment of " + views + " given cameras with " + predicted.size()
                    + " predicted ones; legal: as many of each, at least one");
        }
        requireFinite("given", given);
        requireFinite("predicted", predicted);
        OrientationAlignment byLooks = OrientationAlignment.of(predicted, given, sceneDepth);
        if (byLooks.scaled() && views >= UMEYAMA_FROM_VIEWS && !nearlyALine(predicted) && !nearlyALine(given)) {
            try {
                return new PoseAlignment(
                        views < RANSAC_FROM_VIEWS
                                ? Umeyama.align(predicted, given)
                                : UmeyamaRansac.align(predicted, given, UmeyamaRansac.subsets(views, seed)),
                        true);
            } catch (DegenerateGeometryException unrelated) {
                // two sets that spread along different axes leave a turn open, which how the cameras look decides
            }
        }
        return new PoseAlignment(byLooks.alignment(), byLooks.scaled());
    }

    private static boolean nearlyALine(List<Pose> poses) {
        return CenterSpread.of(Umeyama.centers(poses)).nearlyALine();
    }

    /** A given pose, world-to-camera, moved to where the network sees it. */
    public Pose inPredictedFrame(Pose given) {
        return givenToPredicted.applyToPose(given);
    }

    /** A predicted pose, world-to-camera, moved to the frame of the given ones. */
    public Pose inGivenFrame(Pose predicted) {
        return givenToPredicted.inverse().applyToPose(predicted);
    }

    /** Predicted depth in the unit of the given cameras. */
    public ScalarMap depthInGivenScale(ScalarMap predicted) {
        return predicted.scaled(1 / givenToPredicted.scale());
    }

    private static void requireFinite(String which, List<Pose> poses) {
        for (int i = 0; i < poses.size(); i++) {
            if (!poses.get(i).rotation().isFinite()
                    || !poses.get(i).translation().isFinite()) {
                throw new DegenerateGeometryException(
                        "alignment of cameras: " + which + " pose " + i + " is not finite: " + poses.get(i));
            }
        }
    }
}
