package da3.geometry;

import java.util.List;

/**
 * The similarity between two sets of cameras where their centres alone do not determine it: one or two cameras, or more
 * on a line. How the cameras look decides the rotation, how far their centres spread decides the scale.
 *
 * <p>The rotation is the chordal mean of the cameras' relative rotations (Hartley et al., "Rotation Averaging", 2013);
 * the scale the ratio of the centres' root mean square distances from their mean (Horn, "Closed-form solution of absolute
 * orientation using unit quaternions", 1987), for two cameras the ratio of their baselines.
 *
 * @param alignment maps the estimated cameras to the reference
 * @param scaled whether the centres determine a scale; it is 1 where they lie in one place
 */
public record OrientationAlignment(Sim3 alignment, boolean scaled) {

    /** Centres closer together than this fraction of their distance from the origin lie in one place. */
    private static final double COINCIDENT = 1e-9;

    /** Below this, relative to the number of cameras, opposite rotations cancel and leave the mean open. */
    private static final double CANCELLED = 1e-9;

    /**
     * @param reference world-to-camera, at least one, finite
     * @param estimated world-to-camera, one for each reference pose, finite
     * @throws DegenerateGeometryException if the relative rotations cancel
     */
    public static OrientationAlignment of(List<Pose> reference, List<Pose> estimated) {
        Mat3 rotation = meanRotation(reference, estimated);
        List<Vec3> target = Umeyama.centres(reference);
        List<Vec3> source = Umeyama.centres(estimated);
        double targetSpread = spread(target);
        double sourceSpread = spread(source);
        boolean scaled = targetSpread > 0 && sourceSpread > 0;
        double scale = scaled ? targetSpread / sourceSpread : 1;
        Vec3 translation =
                Vec3.mean(target).minus(rotation.times(Vec3.mean(source)).times(scale));
        return new OrientationAlignment(new Sim3(scale, rotation, translation), scaled);
    }

    private static Mat3 meanRotation(List<Pose> reference, List<Pose> estimated) {
        double[] sum = new double[9];
        for (int i = 0; i < reference.size(); i++) {
            Mat3 cameraToReference = reference.get(i).rotation().transpose();
            double[] relative =
                    cameraToReference.times(estimated.get(i).rotation()).toArray();
            for (int k = 0; k < 9; k++) {
                sum[k] += relative[k];
            }
        }
        NearestRotation mean = NearestRotation.of(Mat3.of(sum, 0));
        if (mean.second() + mean.third() < CANCELLED * reference.size()) {
            throw new DegenerateGeometryException("alignment of " + reference.size() + " cameras by how they look:"
                    + " the rotations between the two sets cancel each other; legal: rotations that mostly agree");
        }
        return mean.rotation();
    }

    /** Root mean square distance from the mean; 0 in one place. */
    private static double spread(List<Vec3> centres) {
        Vec3 mean = Vec3.mean(centres);
        double squares = 0;
        double farthest = 0;
        for (Vec3 c : centres) {
            Vec3 d = c.minus(mean);
            squares += d.dot(d);
            farthest = Math.max(farthest, c.norm());
        }
        double spread = Math.sqrt(squares / centres.size());
        return spread <= COINCIDENT * farthest ? 0 : spread;
    }
}
