package da3.geometry.metrics;

import da3.geometry.check.Check;
import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import java.util.List;

/**
 * The rotation closest to a set of rotations: the best prediction without looking at an image.
 *
 * <p>The median of rotations, by Weiszfeld's iteration on quaternions. Source: Hartley, Aftab and Trumpf, "L1 rotation
 * averaging using the Weiszfeld algorithm", CVPR 2011.
 */
public final class ConstantRotation {

    private static final int ITERATIONS = 50;
    private static final double MIN_ANGLE = 1e-3; // degrees; keeps the weights finite

    private ConstantRotation() {}

    /**
     * Returns the rotation with the smallest mean angle to the given ones, or the identity if no other is better.
     *
     * @throws IllegalArgumentException if there is no rotation
     */
    public static Mat3 of(List<Mat3> rotations) {
        Check.atLeast("number of rotations", 1, rotations.size());
        Mat3 best = Mat3.IDENTITY;
        Mat3 current = best;
        for (int i = 0; i < ITERATIONS; i++) {
            current = nearer(current, rotations);
            if (meanAngle(current, rotations) < meanAngle(best, rotations)) {
                best = current;
            }
        }
        return best;
    }

    /** Returns the mean angle in degrees between a rotation and the given ones. */
    public static double meanAngle(Mat3 rotation, List<Mat3> rotations) {
        Check.atLeast("number of rotations", 1, rotations.size());
        return rotations.stream()
                .mapToDouble(other -> Angles.between(rotation, other))
                .average()
                .orElseThrow();
    }

    /** Returns the mean of the quaternions of the rotations, each divided by its angle to the current one. */
    private static Mat3 nearer(Mat3 current, List<Mat3> rotations) {
        Quaternion q = Quaternion.ofMatrix(current);
        double[] sum = new double[4];
        for (Mat3 rotation : rotations) {
            Quaternion r = Quaternion.ofMatrix(rotation);
            double dot = q.x() * r.x() + q.y() * r.y() + q.z() * r.z() + q.w() * r.w();
            double weight = (dot < 0 ? -1 : 1) / Math.max(MIN_ANGLE, Angles.between(current, rotation));
            sum[0] += weight * r.x();
            sum[1] += weight * r.y();
            sum[2] += weight * r.z();
            sum[3] += weight * r.w();
        }
        double norm = Math.sqrt(sum[0] * sum[0] + sum[1] * sum[1] + sum[2] * sum[2] + sum[3] * sum[3]);
        return norm == 0
                ? current
                : new Quaternion(sum[0] / norm, sum[1] / norm, sum[2] / norm, sum[3] / norm).toMatrix();
    }
}
