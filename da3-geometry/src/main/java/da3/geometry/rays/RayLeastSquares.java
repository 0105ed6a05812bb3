package da3.geometry.rays;

import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;

/**
 * Fits rotation, focal lengths and principal point to unit ray directions by Gauss-Newton.
 *
 * <p>A free principal point trades off against rotation, so noise on the rays rotates the camera. The principal point
 * is therefore fixed at the image center, where it is for almost all cameras, unless freeing it lowers the squared
 * error by more than noise would.
 */
final class RayLeastSquares implements HomographyFactorization {

    /** Parameters: rotation vector (3), 1/fx, 1/fy, and two for the principal point. */
    private static final int FREE = 7;

    /** Parameters of a camera with a centered principal point. */
    private static final int CENTERED = 5;

    private static final int MAX_STEPS = 20;
    private static final double MIN_STEP = 1e-12;

    /** A centered camera is accepted if its squared error is at most this multiple of that of the free camera, */
    private static final double TOLERATED_RATIO = 1.1;

    /** plus this much per ray, for rays rounded to float32, in squared radians. */
    private static final double TOLERATED_ERROR = 1e-12;

    /** A pixel (x, y) sees the direction {@code rotation * (a x + s, b y + t, 1)}. */
    private record Model(Mat3 rotation, double a, double b, double s, double t) {

        Model centered() {
            return new Model(rotation, a, b, 0, 0);
        }

        Model moved(double[] step) {
            Mat3 rotated = rotation(step[0], step[1], step[2]).times(rotation);
            boolean free = step.length == FREE;
            return new Model(rotated, a + step[3], b + step[4], free ? s + step[5] : s, free ? t + step[6] : t);
        }

        Factors factors() {
            return new Factors(rotation, 1 / a, 1 / b, 1 - s / a, 1 - t / b);
        }

        private static Mat3 rotation(double x, double y, double z) {
            double angle = Math.sqrt(x * x + y * y + z * z);
            double half = angle < 1e-12 ? 0.5 : Math.sin(angle / 2) / angle;
            return new Quaternion(half * x, half * y, half * z, Math.cos(angle / 2)).toMatrix();
        }
    }

    @Override
    public Factors factor(Mat3 homography, RayInliers rays) {
        Factors start = RayCamera.ROTATION_TIMES_UPPER.factor(homography, rays);
        double a = 1 / start.focalX();
        double b = 1 / start.focalY();
        Model exact = new Model(start.rotation(), a, b, (1 - start.principalX()) * a, (1 - start.principalY()) * b);
        Model free = refined(exact, rays, FREE);
        Model centered = refined(exact.centered(), rays, CENTERED);
        double tolerated = TOLERATED_RATIO * squaredError(free, rays) + TOLERATED_ERROR * totalWeight(rays);
        return (squaredError(centered, rays) <= tolerated ? centered : free).factors();
    }

    private static Model refined(Model start, RayInliers rays, int parameters) {
        Model best = start;
        double error = squaredError(best, rays);
        for (int i = 0; i < MAX_STEPS; i++) {
            double[] step = step(best, rays, parameters);
            if (!(new Vec3(step[0], step[1], step[2]).norm() < Math.PI)) {
                return best; // the rays barely determine a parameter, so that the step is mostly rounding errors
            }
            Model next = best.moved(step);
            double nextError = squaredError(next, rays);
            if (!(nextError < error)) {
                return best;
            }
            best = next;
            error = nextError;
            if (new ArrayRealVector(step, false).getNorm() < MIN_STEP) {
                return best;
            }
        }
        return best;
    }

    /** Returns the Gauss-Newton step; zeros where the rays leave a parameter undetermined. */
    private static double[] step(Model m, RayInliers rays, int parameters) {
        double[][] normal = new double[parameters][parameters];
        double[] right = new double[parameters];
        Vec3[] derivatives = new Vec3[FREE];
        for (int i = 0; i < rays.size(); i++) {
            double x = rays.plane()[2 * i];
            double y = rays.plane()[2 * i + 1];
            Vec3 q = new Vec3(m.a * x + m.s, m.b * y + m.t, 1);
            double length = q.norm();
            Vec3 p = m.rotation.times(q).times(1 / length);
            Vec3 residual = direction(rays, i).minus(p);
            derivatives[0] = new Vec3(0, -p.z(), p.y());
            derivatives[1] = new Vec3(p.z(), 0, -p.x());
            derivatives[2] = new Vec3(-p.y(), p.x(), 0);
            derivatives[5] = tangent(m.rotation.column(0), p, length);
            derivatives[6] = tangent(m.rotation.column(1), p, length);
            derivatives[3] = derivatives[5].times(x);
            derivatives[4] = derivatives[6].times(y);
            double weight = rays.weights()[i];
            for (int j = 0; j < parameters; j++) {
                right[j] += weight * derivatives[j].dot(residual);
                for (int k = 0; k <= j; k++) {
                    normal[j][k] += weight * derivatives[j].dot(derivatives[k]);
                    normal[k][j] = normal[j][k];
                }
            }
        }
        try {
            return new CholeskyDecomposition(new Array2DRowRealMatrix(normal, false))
                    .getSolver()
                    .solve(new ArrayRealVector(right, false))
                    .toArray();
        } catch (NonPositiveDefiniteMatrixException e) {
            return new double[parameters];
        }
    }

    /**
     * Returns the derivative of the unit vector p = q /
     * q
     * when q moves along v, for
     * q
     * = {@code length}.
     */
    private static Vec3 tangent(Vec3 v, Vec3 p, double length) {
        return v.minus(p.times(p.dot(v))).times(1 / length);
    }

    private static double squaredError(Model m, RayInliers rays) {
        double sum = 0;
        for (int i = 0; i < rays.size(); i++) {
            Vec3 q = new Vec3(m.a * rays.plane()[2 * i] + m.s, m.b * rays.plane()[2 * i + 1] + m.t, 1);
            Vec3 residual = m.rotation.times(q).times(1 / q.norm()).minus(direction(rays, i));
            sum += rays.weights()[i] * residual.dot(residual);
        }
        return sum;
    }

    private static double totalWeight(RayInliers rays) {
        double sum = 0;
        for (double weight : rays.weights()) {
            sum += weight;
        }
        return sum;
    }

    private static Vec3 direction(RayInliers rays, int i) {
        double[] d = rays.directions();
        return new Vec3(d[3 * i], d[3 * i + 1], d[3 * i + 2]);
    }
}
