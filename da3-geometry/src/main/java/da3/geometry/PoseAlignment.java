package da3.geometry;

import java.util.List;

/**
 * How the cameras that a caller gave lie in the frame in which the network answered. A result can then be put in the
 * caller's frame (given cameras, {@link #depthInGivenScale}) or stay in the network's (depth as it is,
 * {@link #inPredictedFrame}). Source: {@code api.py} of the reference, which refuses one and two cameras and cameras on a
 * line; here {@link OrientationAlignment} serves them.
 *
 * @param scaled whether the cameras determine a scale; it is 1 for a single one, or where all stand in one place
 */
public record PoseAlignment(Sim3 givenToPredicted, boolean scaled) {

    /** From this many views on outliers are looked for. */
    private static final int RANSAC_FROM_VIEWS = 10;

    private static final int UMEYAMA_FROM_VIEWS = 3;

    /**
     * @param predicted world-to-camera, at least one
     * @param given world-to-camera, one for each predicted pose
     * @param seed of the samples that outliers are looked for with
     * @throws IllegalArgumentException if the counts differ or there is no camera
     * @throws DegenerateGeometryException if a pose is not finite, or the centres lie on a line and the rotations between
     *     the two sets cancel each other
     */
    public static PoseAlignment of(List<Pose> predicted, List<Pose> given, long seed) {
        int views = given.size();
        if (views == 0 || predicted.size() != views) {
            throw new IllegalArgumentException("alignment of " + views + " given cameras with " + predicted.size()
                    + " predicted ones; legal: as many of each, at least one");
        }
        requireFinite("given", given);
        requireFinite("predicted", predicted);
        if (views >= UMEYAMA_FROM_VIEWS) {
            try {
                return new PoseAlignment(
                        views < RANSAC_FROM_VIEWS
                                ? Umeyama.align(predicted, given)
                                : UmeyamaRansac.align(predicted, given, UmeyamaRansac.subsets(views, seed)),
                        true);
            } catch (DegenerateGeometryException onALine) {
                // the centres leave a turn open, which how the cameras look decides
            }
        }
        OrientationAlignment byLooks = OrientationAlignment.of(predicted, given);
        return new PoseAlignment(byLooks.alignment(), byLooks.scaled());
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
