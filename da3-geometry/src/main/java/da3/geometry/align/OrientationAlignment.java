package da3.geometry.align;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.Pose;
import da3.geometry.Sim3;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The similarity between two sets of cameras where their centers alone do not determine it: one or two cameras, or more
 * in about one place or about on a line. How the cameras look decides the rotation, how far their centers spread decides the scale.
 *
 * <p>The rotation is the chordal mean of the cameras' relative rotations (Hartley et al., "Rotation Averaging", 2013);
 * the scale the ratio of the centers' root mean square distances from their mean (Horn, "Closed-form solution of absolute
 * orientation using unit quaternions", 1987), for two cameras the ratio of their baselines.
 *
 * @param alignment maps the estimated cameras to the reference
 * @param scaled whether the centers determine a scale; it is 1 where they lie in one place, or their distances are no more
 *     than noise
 */
public record OrientationAlignment(Sim3 alignment, boolean scaled) {

    /**
     * Of the scene's depth. Networks place cameras to about a hundredth of it, so that of two cameras closer together than
     * that (half of it from their mean) nothing but noise is seen.
     */
    private static final double ALWAYS_NOISE = 0.005;

    /** Of the scene's depth: centers that spread less count only if they also lie as the other set's do. */
    private static final double MAYBE_NOISE = 0.05;

    /** Of the centers' variance, left over once the two sets lie on each other. Of unrelated ones it is about 2. */
    private static final double UNEXPLAINED = 0.25;

    /** Below this, relative to the number of cameras, opposite rotations cancel and leave the mean open. */
    private static final double CANCELLED = 1e-9;

    /**
     * @param reference world-to-camera, at least one, finite
     * @param estimated world-to-camera, one for each reference pose, finite
     * @param sceneDepth how far away, in the reference's unit, what the cameras see is; empty where that is not known, and
     *     all distances between centers that rounding does not explain are then believed
     * @throws DegenerateGeometryException if the relative rotations cancel
     */
    public static OrientationAlignment of(List<Pose> reference, List<Pose> estimated, OptionalDouble sceneDepth) {
        Mat3 rotation = meanRotation(reference, estimated);
        List<Vec3> target = Umeyama.centers(reference);
        List<Vec3> source = Umeyama.centers(estimated);
        CenterSpread targetSpread = CenterSpread.of(target);
        CenterSpread sourceSpread = CenterSpread.of(source);
        if (!targetSpread.inOnePlace() && !sourceSpread.inOnePlace()) {
            Sim3 scaled = about(target, source, rotation, targetSpread.rms() / sourceSpread.rms());
            if (sceneDepth.isEmpty()
                    || !isNoise(targetSpread.rms(), sceneDepth.getAsDouble(), target, source, scaled)) {
                return new OrientationAlignment(scaled, true);
            }
        }
        return new OrientationAlignment(about(target, source, rotation, 1), false);
    }

    /** The similarity of this rotation and scale that brings mean to mean. */
    private static Sim3 about(List<Vec3> target, List<Vec3> source, Mat3 rotation, double scale) {
        return new Sim3(
                scale,
                rotation,
                Vec3.mean(target).minus(rotation.times(Vec3.mean(source)).times(scale)));
    }

    private static boolean isNoise(double spread, double depth, List<Vec3> target, List<Vec3> source, Sim3 alignment) {
        double squares = 0;
        for (int i = 0; i < target.size(); i++) {
            Vec3 residual = target.get(i).minus(alignment.transform(source.get(i)));
            squares += residual.dot(residual) / target.size();
        }
        return spread < ALWAYS_NOISE * depth || spread < MAYBE_NOISE * depth && squares > UNEXPLAINED * spread * spread;
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
}
