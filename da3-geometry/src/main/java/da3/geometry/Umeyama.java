package da3.geometry;

import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * The similarity that brings one set of points closest to another in the least squares sense. Source: Umeyama,
 * "Least-Squares Estimation of Transformation Parameters Between Two Point Patterns", 1991, equations 38 to 43.
 */
public final class Umeyama {

    /** Points that lie on a line up to this fraction of their covariance leave the turn around that line open. */
    private static final double RANK_TOLERANCE = 1e-12;

    private Umeyama() {}

    /**
     * Maps the camera centres of {@code estimated} to those of {@code reference}.
     *
     * @param reference world-to-camera
     * @param estimated world-to-camera, one for each reference pose
     * @throws DegenerateGeometryException as {@link #alignPoints}
     */
    public static Sim3 align(List<Pose> reference, List<Pose> estimated) {
        return alignPoints(centres(reference), centres(estimated));
    }

    /**
     * Maps {@code estimated} to {@code reference}.
     *
     * @throws IllegalArgumentException if the counts differ
     * @throws DegenerateGeometryException if there are fewer than three points, or they lie on a line or in one place
     */
    public static Sim3 alignPoints(List<Vec3> reference, List<Vec3> estimated) {
        int n = reference.size();
        if (estimated.size() != n) {
            throw new IllegalArgumentException(
                    "alignment of " + estimated.size() + " points to " + n + "; legal: as many of each");
        }
        if (n < 3) {
            throw new DegenerateGeometryException("alignment of " + n + " points; legal: at least 3, not on a line");
        }
        Vec3 meanReference = mean(reference);
        Vec3 meanEstimated = mean(estimated);
        double variance = 0;
        double[][] covariance = new double[3][3];
        for (int i = 0; i < n; i++) {
            Vec3 y = reference.get(i).minus(meanReference);
            Vec3 x = estimated.get(i).minus(meanEstimated);
            variance += x.dot(x) / n;
            addOuter(covariance, y, x, 1.0 / n);
        }
        SingularValueDecomposition svd = decompose(covariance, n);
        Mat3 u = toMat3(svd.getU());
        Mat3 vt = toMat3(svd.getVT());
        // The best orthogonal matrix may be a reflection; turning the weakest axis round makes it the best rotation.
        double turn = u.determinant() * vt.determinant() < 0 ? -1 : 1;
        Mat3 rotation = u.times(new Mat3(1, 0, 0, 0, 1, 0, 0, 0, turn)).times(vt);
        double[] d = svd.getSingularValues();
        double scale = (d[0] + d[1] + turn * d[2]) / variance;
        return new Sim3(
                scale,
                rotation,
                meanReference.minus(rotation.times(meanEstimated).times(scale)));
    }

    static List<Vec3> centres(List<Pose> poses) {
        return poses.stream().map(Pose::cameraCentre).toList();
    }

    private static SingularValueDecomposition decompose(double[][] covariance, int n) {
        for (double[] row : covariance) {
            for (double v : row) {
                if (!Double.isFinite(v)) {
                    throw new DegenerateGeometryException(
                            "alignment of " + n + " points, some of which are not finite");
                }
            }
        }
        SingularValueDecomposition svd = new SingularValueDecomposition(new Array2DRowRealMatrix(covariance, false));
        double[] d = svd.getSingularValues();
        if (d[1] <= Math.max(Math.ulp(1.0), RANK_TOLERANCE * d[0])) {
            throw new DegenerateGeometryException("alignment of " + n + " points on a line or in one place: their"
                    + " covariance has singular values " + d[0] + ", " + d[1] + ", " + d[2] + "; legal: two above 0");
        }
        return svd;
    }

    private static Vec3 mean(List<Vec3> points) {
        Vec3 sum = Vec3.ZERO;
        for (Vec3 p : points) {
            sum = sum.plus(p);
        }
        return sum.times(1.0 / points.size());
    }

    private static void addOuter(double[][] m, Vec3 y, Vec3 x, double weight) {
        double[] rows = {y.x() * weight, y.y() * weight, y.z() * weight};
        for (int i = 0; i < 3; i++) {
            m[i][0] += rows[i] * x.x();
            m[i][1] += rows[i] * x.y();
            m[i][2] += rows[i] * x.z();
        }
    }

    private static Mat3 toMat3(RealMatrix m) {
        return new Mat3(
                m.getEntry(0, 0),
                m.getEntry(0, 1),
                m.getEntry(0, 2), //
                m.getEntry(1, 0),
                m.getEntry(1, 1),
                m.getEntry(1, 2), //
                m.getEntry(2, 0),
                m.getEntry(2, 1),
                m.getEntry(2, 2));
    }
}
