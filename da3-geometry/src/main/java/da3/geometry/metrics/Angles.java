package da3.geometry.metrics;

import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;

/** Angles between rotations and between directions, in degrees, computed by formulas that are accurate near 0. */
public final class Angles {

    private static final double UNDEFINED_DIRECTION = 90;

    private Angles() {}

    /** Returns the angle of a rotation, 0 to 180. */
    public static double of(Mat3 rotation) {
        double[] m = rotation.toArray();
        double squared = 0; // squared distance from the identity
        for (int i = 0; i < 9; i++) {
            double d = m[i] - (i % 4 == 0 ? 1 : 0);
            squared += d * d;
        }
        return Math.toDegrees(2 * Math.asin(Math.min(1, Math.sqrt(squared / 8))));
    }

    /** Returns the angle of the relative rotation between two rotations. */
    public static double between(Mat3 a, Mat3 b) {
        return of(a.times(b.transpose()));
    }

    /** Returns the angle between two directions, 0 to 180; 90 where one has no length. */
    public static double between(Vec3 a, Vec3 b) {
        if (a.norm() == 0 || b.norm() == 0) {
            return UNDEFINED_DIRECTION;
        }
        return Math.toDegrees(Math.atan2(a.cross(b).norm(), a.dot(b)));
    }
}
