package da3.geometry.align;

import da3.geometry.Pose;
import da3.geometry.check.Check;
import java.util.List;

/**
 * Normalizes given cameras to the range that the camera encoder was trained on. Source: {@code api.py} of the
 * reference.
 */
public final class PoseNormalization {

    // Smaller distances are not scaled up to 1, which would amplify noise.
    private static final double MIN_UNIT = 0.1;

    private PoseNormalization() {}

    /**
     * Returns the poses relative to the first camera, scaled so that the median distance of the cameras from it is 1.
     * The median includes the first camera, and is the lower one of two middle values.
     *
     * @param poses world-to-camera, at least one
     */
    public static List<Pose> normalize(List<Pose> poses) {
        if (poses.isEmpty()) {
            throw Check.invalid("number of poses", "at least 1", 0);
        }
        Pose firstToWorld = poses.get(0).inverse();
        List<Pose> relative = poses.stream().map(p -> p.compose(firstToWorld)).toList();
        double[] distances = relative.stream()
                .mapToDouble(p -> p.cameraCenter().norm())
                .sorted()
                .toArray();
        double unit = Math.max(distances[(distances.length - 1) / 2], MIN_UNIT);
        return relative.stream()
                .map(p -> p.withTranslation(p.translation().times(1 / unit)))
                .toList();
    }
}
