package da3.geometry;

import java.util.List;

/**
 * How the cameras that a caller gave lie in the frame in which the network answered. A result can then be put in the
 * caller's frame (given cameras, {@link #depthInGivenScale}) or stay in the network's (depth as it is,
 * {@link #inPredictedFrame}). Source: {@code api.py} of the reference.
 */
public record PoseAlignment(Sim3 givenToPredicted) {

    /** From this many views on outliers are looked for. */
    private static final int RANSAC_FROM_VIEWS = 10;

    /**
     * @param predicted world-to-camera
     * @param given world-to-camera, one for each predicted pose
     * @param seed of the samples that outliers are looked for with
     * @throws DegenerateGeometryException if there are fewer than three cameras, or their centres lie on a line
     */
    public static PoseAlignment of(List<Pose> predicted, List<Pose> given, long seed) {
        int views = given.size();
        return new PoseAlignment(
                views < RANSAC_FROM_VIEWS
                        ? Umeyama.align(predicted, given)
                        : UmeyamaRansac.align(predicted, given, UmeyamaRansac.subsets(views, seed)));
    }

    /** A given pose, world-to-camera, moved to where the network sees it. */
    public Pose inPredictedFrame(Pose given) {
        return givenToPredicted.applyToPose(given);
    }

    /** Predicted depth in the unit of the given cameras. */
    public ScalarMap depthInGivenScale(ScalarMap predicted) {
        return predicted.scaled(1 / givenToPredicted.scale());
    }
}
