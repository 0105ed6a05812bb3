package da3.geometry.align;

import da3.geometry.Pose;
import java.util.List;

/** Brings given cameras into the range that the camera encoder was trained on. Source: {@code api.py}. */
public final class PoseNormalization {

    // Cameras closer together than this are left at their distance instead of being blown up.
    private static final double DISTANCE_FLOOR = 0.1;

    private PoseNormalization() {}

    /**
     * The poses with the first camera as the world frame, and with the median distance of the cameras from it (the
     * first included, the lower of two middle values) as the unit of length.
     *
     * @param poses world-to-camera, at least one
     */
    public static List<Pose> normalize(List<Pose> poses) {
        if (poses.isEmpty()) {
            throw new IllegalArgumentException("normalization of no poses; legal: at least one");
        }
        Pose firstToWorld = poses.get(0).inverse();
        List<Pose> relative = poses.stream().map(p -> p.after(firstToWorld)).toList();
        double[] distances = relative.stream()
                .mapToDouble(p -> p.cameraCenter().norm())
                .sorted()
                .toArray();
        double unit = Math.max(distances[(distances.length - 1) / 2], DISTANCE_FLOOR);
        return relative.stream()
                .map(p -> p.withTranslation(p.translation().times(1 / unit)))
                .toList();
    }
}
