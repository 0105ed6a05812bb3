package da3.streaming.loop;

import da3.geometry.Camera;
import da3.geometry.Pose;
import da3.geometry.View;
import da3.streaming.window.AlignmentModel;
import da3.streaming.window.OverlapAlignment;
import da3.streaming.window.WindowAlignment;
import java.util.List;
import java.util.Optional;

/**
 * Verifies a loop with a prediction of frames around both of its ends in one pass. Both halves must agree with the
 * windows that saw them before, and the depth of both ends must agree where they see the same surfaces.
 */
public final class LoopVerification {

    /** Minimum fraction of the points of each half that agree with its window, where windows agree well. */
    private static final double MIN_INLIERS = 0.5;

    /** The same relative to what consecutive windows reach: a loop cannot agree better than they do. */
    private static final double MIN_RELATIVE_INLIERS = 0.8;

    /** Maximum angle between relative rotations in the loop and in the window, in degrees. */
    private static final double MAX_ROTATION = 3;

    /** Minimum fraction of shared pixels whose depths agree; more if unrelated frames reach it, too. */
    public static final double MIN_AGREEMENT = 0.3;

    private LoopVerification() {}

    /**
     * Verifies a loop.
     *
     * @param earlier frames around the earlier end, as its window predicted them
     * @param earlierEnd index in {@code earlier} of the earlier end
     * @param later frames around the later end, as its window predicted them
     * @param laterEnd index in {@code later} of the later end
     * @param together all these frames as one pass predicted them, the earlier ones first
     * @param model whether scales are free
     * @param usualInliers fraction of points that agree between consecutive windows of the sequence
     * @param minAgreement fraction of the shared pixels that must agree, see {@link #agreement}
     * @return the measurement; empty if the frames do not show the same surfaces
     */
    public static Optional<LoopMeasurement> verify(
            List<View> earlier,
            int earlierEnd,
            List<View> later,
            int laterEnd,
            List<View> together,
            AlignmentModel model,
            double usualInliers,
            double minAgreement) {
        double minInliers = minInliers(usualInliers);
        List<View> first = together.subList(0, earlier.size());
        List<View> second = together.subList(earlier.size(), together.size());
        WindowAlignment toEarlier = OverlapAlignment.align(earlier, first, model);
        WindowAlignment toLater = OverlapAlignment.align(later, second, model);
        View a = first.get(earlierEnd);
        View b = second.get(laterEnd);
        boolean verified = toEarlier.inliers() >= minInliers
                && toLater.inliers() >= minInliers
                && sameRotations(earlier, first)
                && sameRotations(later, second)
                && agreement(a, b) >= minAgreement;
        if (!verified) {
            return Optional.empty();
        }
        Pose motion = pose(a).compose(pose(b).inverse());
        double unit = toEarlier.toPrevious().scale();
        return Optional.of(new LoopMeasurement(
                motion.withTranslation(motion.translation().times(unit)),
                unit / toLater.toPrevious().scale()));
    }

    /**
     * Returns the fraction of the points of known frames that must agree with them in a new prediction.
     *
     * @param usualInliers fraction of points that agree between consecutive windows of the sequence
     */
    public static double minInliers(double usualInliers) {
        return Math.min(MIN_INLIERS, MIN_RELATIVE_INLIERS * usualInliers);
    }

    /** Returns whether the rotations between consecutive frames agree. */
    static boolean sameRotations(List<View> window, List<View> loop) {
        for (int i = 1; i < window.size(); i++) {
            Pose before = pose(window.get(i)).compose(pose(window.get(i - 1)).inverse());
            Pose now = pose(loop.get(i)).compose(pose(loop.get(i - 1)).inverse());
            var difference = before.rotation().transpose().times(now.rotation());
            double cosine = (difference.m00() + difference.m11() + difference.m22() - 1) / 2;
            if (Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, cosine)))) > MAX_ROTATION) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the fraction of the pixels of both views that the other one sees whose depths agree, the smaller one of
     * the two directions; 0 if the views share too few pixels.
     *
     * @param a a view with camera
     * @param b a view with camera of the same prediction
     */
    public static double agreement(View a, View b) {
        return Math.min(
                DepthAgreement.of(a, b).fraction(), DepthAgreement.of(b, a).fraction());
    }

    private static Pose pose(View view) {
        return view.camera().map(Camera::pose).orElseThrow();
    }
}
