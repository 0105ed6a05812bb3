package da3.geometry.align;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.Pose;
import da3.geometry.Sim3;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The similarity between two sets of cameras whose centers alone do not determine it: one or two cameras, or more whose
 * centers nearly coincide or are nearly collinear. The camera orientations determine the rotation; the spread of the
 * centers determines the scale.
 *
 * <p>The rotation is the chordal mean of the relative rotations of the cameras (Hartley et al., "Rotation Averaging",
 * 2013). The scale is the ratio of the root mean square distances of the centers from their mean (Horn, "Closed-form
 * solution of absolute orientation using unit quaternions", 1987), which for two cameras is the ratio of their
 * baselines.
 *
 * @param alignment maps the estimated cameras to the reference
 * @param scaled whether the centers determine the scale; otherwise it is 1, because they coincide or their distances
 *     are noise
 */
record OrientationAlignment(Sim3 alignment, boolean scaled) {

    /**
     * Fraction of the scene depth. A smaller spread is always noise: networks place cameras with an error of about a
     * hundredth of the scene depth, and two cameras at that distance have a spread of half of it.
     */
    private static final double ALWAYS_NOISE = 0.005;

    /** Fraction of the scene depth. A smaller spread is noise unless the two sets of centers agree in shape. */
    private static final double POSSIBLE_NOISE = 0.05;

    /** Fraction of the variance of the centers that may remain after alignment; unrelated sets leave about 2. */
    private static final double MAX_UNEXPLAINED = 0.25;

    /** Below this value per camera, opposite rotations cancel out and the mean is undetermined. */
    private static final double CANCELLED = 1e-9;

    /**
     * Aligns the estimated cameras with the reference.
     *
     * @param reference world-to-camera, at least one, finite
     * @param estimated world-to-camera, one for each reference pose, finite
     * @param sceneDepth typical depth of the scene in the unit of the reference; if empty, any spread above rounding
     *     errors determines a scale
     * @throws DegenerateGeometryException if the relative rotations cancel out
     */
    static OrientationAlignment of(List<Pose> reference, List<Pose> estimated, OptionalDouble sceneDepth) {
        Mat3 rotation = meanRotation(reference, estimated);
        List<Vec3> target = Umeyama.centers(reference);
        List<Vec3> source = Umeyama.centers(estimated);
        CenterSpread targetSpread = CenterSpread.of(target);
        CenterSpread sourceSpread = CenterSpread.of(source);
        if (!targetSpread.coincident() && !sourceSpread.coincident()) {
            Sim3 scaled = similarity(target, source, rotation, targetSpread.rms() / sourceSpread.rms());
            if (sceneDepth.isEmpty()
                    || !isNoise(targetSpread.rms(), sceneDepth.getAsDouble(), target, source, scaled)) {
                return new OrientationAlignment(scaled, true);
            }
        }
        return new OrientationAlignment(similarity(target, source, rotation, 1), false);
    }

    /** Returns the similarity with this rotation and scale that maps the mean of the source to that of the target. */
    private static Sim3 similarity(List<Vec3> target, List<Vec3> source, Mat3 rotation, double scale) {
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
        return spread < ALWAYS_NOISE * depth
                || spread < POSSIBLE_NOISE * depth && squares > MAX_UNEXPLAINED * spread * spread;
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
            throw new DegenerateGeometryException("the relative rotations of " + reference.size()
                    + " cameras in the two sets cancel out, so they determine no alignment");
        }
        return mean.rotation();
    }
}
