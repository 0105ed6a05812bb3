package da3.streaming.graph;

import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;

/**
 * Rotations and their tangent vectors, whose direction is the axis and whose length is the angle in radians.
 *
 * <p>Source: Sola, Deray and Atchuthan, "A micro Lie theory for state estimation in robotics", 2018, appendix B.
 */
final class So3 {

    /** Below this angle, series replace quotients of small numbers. */
    private static final double SMALL = 1e-4;

    private So3() {}

    /** Returns the rotation by a tangent vector. */
    static Mat3 exp(Vec3 v) {
        double angle = v.norm();
        double half = angle / 2;
        double s = angle < SMALL ? 0.5 - angle * angle / 48 : Math.sin(half) / angle;
        return new Quaternion(s * v.x(), s * v.y(), s * v.z(), Math.cos(half)).toMatrix();
    }

    /** Returns the tangent vector of a rotation; its length is at most pi. */
    static Vec3 log(Mat3 rotation) {
        Quaternion q = Quaternion.ofMatrix(rotation); // w >= 0
        Vec3 v = new Vec3(q.x(), q.y(), q.z());
        double sine = v.norm();
        double factor = sine < SMALL ? 2 + sine * sine / 3 : 2 * Math.atan2(sine, q.w()) / sine;
        return v.times(factor);
    }

    /** Returns the derivative of {@code log(exp(v) exp(w))} with respect to w at zero. */
    static Mat3 rightJacobianInverse(Vec3 v) {
        double angle = v.norm();
        double factor = angle < SMALL
                ? 1.0 / 12 + angle * angle / 720
                : 1 / (angle * angle) - 1 / (2 * angle * Math.tan(angle / 2));
        Mat3 s = skew(v);
        return plus(plus(Mat3.IDENTITY, s.times(0.5)), s.times(s).times(factor));
    }

    /** Returns the matrix whose product with a vector w is the cross product {@code v x w}. */
    static Mat3 skew(Vec3 v) {
        return new Mat3(0, -v.z(), v.y(), v.z(), 0, -v.x(), -v.y(), v.x(), 0);
    }

    private static Mat3 plus(Mat3 a, Mat3 b) {
        return new Mat3(
                a.m00() + b.m00(),
                a.m01() + b.m01(),
                a.m02() + b.m02(),
                a.m10() + b.m10(),
                a.m11() + b.m11(),
                a.m12() + b.m12(),
                a.m20() + b.m20(),
                a.m21() + b.m21(),
                a.m22() + b.m22());
    }
}
