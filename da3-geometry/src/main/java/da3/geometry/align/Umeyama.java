package da3.geometry.align;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.Pose;
import da3.geometry.Sim3;
import da3.geometry.check.Check;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.List;

/**
 * The least squares similarity between two sets of points. Source: Umeyama, "Least-Squares Estimation of Transformation
 * Parameters Between Two Point Patterns", 1991, equations 38 to 43.
 */
public final class Umeyama {

    /** Points are collinear if the second singular value of their covariance is below this fraction of the first. */
    private static final double RANK_TOLERANCE = 1e-12;

    private Umeyama() {}

    /**
     * Returns the similarity that maps the camera centers of {@code estimated} to those of {@code reference}.
     *
     * @param reference world-to-camera
     * @param estimated world-to-camera, one for each reference pose
     * @throws DegenerateGeometryException as {@link #alignPoints}
     */
    public static Sim3 align(List<Pose> reference, List<Pose> estimated) {
        return alignPoints(centers(reference), centers(estimated));
    }

    /**
     * Returns the similarity that maps {@code estimated} to {@code reference}.
     *
     * @throws IllegalArgumentException if the counts differ
     * @throws DegenerateGeometryException if there are fewer than three points, or they are collinear or coincide
     */
    public static Sim3 alignPoints(List<Vec3> reference, List<Vec3> estimated) {
        int n = reference.size();
        if (estimated.size() != n) {
            throw Check.invalid("number of estimated points", "the number of reference points, " + n, estimated.size());
        }
        if (n < 3) {
            throw new DegenerateGeometryException(Check.message("number of points to align", "at least 3", n));
        }
        Vec3 meanReference = Vec3.mean(reference);
        Vec3 meanEstimated = Vec3.mean(estimated);
        double variance = 0;
        double[] covariance = new double[9];
        for (int i = 0; i < n; i++) {
            Vec3 y = reference.get(i).minus(meanReference);
            Vec3 x = estimated.get(i).minus(meanEstimated);
            variance += x.dot(x) / n;
            Mat3.addOuter(covariance, y, x, 1.0 / n);
        }
        NearestRotation nearest = decompose(covariance, n);
        Mat3 rotation = nearest.rotation();
        double scale = nearest.trace() / variance;
        return new Sim3(
                scale,
                rotation,
                meanReference.minus(rotation.times(meanEstimated).times(scale)));
    }

    static List<Vec3> centers(List<Pose> poses) {
        return poses.stream().map(Pose::cameraCenter).toList();
    }

    private static NearestRotation decompose(double[] covariance, int n) {
        Mat3 matrix = Mat3.of(covariance, 0);
        if (!matrix.isFinite()) {
            throw new DegenerateGeometryException("cannot align " + n + " points: some are not finite");
        }
        NearestRotation nearest = NearestRotation.of(matrix);
        if (nearest.second() <= Math.max(Math.ulp(1.0), RANK_TOLERANCE * nearest.first())) {
            throw new DegenerateGeometryException("cannot align " + n + " points that are collinear or coincide: their"
                    + " covariance has singular values " + nearest.first() + ", " + nearest.second() + ", "
                    + Math.abs(nearest.third()) + ", and two must be above 0");
        }
        return nearest;
    }
}
