package da3.geometry.math;

import da3.geometry.check.Check;

/** A rotation as a quaternion with the scalar last. Any positive multiple represents the same rotation. */
public record Quaternion(double x, double y, double z, double w) {

    public static final Quaternion IDENTITY = new Quaternion(0, 0, 0, 1);

    /**
     * Returns the unit quaternion of a rotation matrix, with {@code w >= 0}. Of the four equivalent formulas it uses
     * the one with the largest divisor (at a tie the first in the order w, x, y, z), as
     * {@code model/utils/transform.py} of the reference does.
     */
    public static Quaternion ofMatrix(Mat3 m) {
        // Each is four times the square of a component, so their sum is 4 and the largest is at least 1.
        double ww = 1 + m.m00() + m.m11() + m.m22();
        double xx = 1 + m.m00() - m.m11() - m.m22();
        double yy = 1 - m.m00() + m.m11() - m.m22();
        double zz = 1 - m.m00() - m.m11() + m.m22();
        double largest = Math.max(Math.max(ww, xx), Math.max(yy, zz));
        double s = 0.5 / Math.sqrt(largest);
        Quaternion q;
        if (ww == largest) {
            q = new Quaternion(s * (m.m21() - m.m12()), s * (m.m02() - m.m20()), s * (m.m10() - m.m01()), s * ww);
        } else if (xx == largest) {
            q = new Quaternion(s * xx, s * (m.m10() + m.m01()), s * (m.m02() + m.m20()), s * (m.m21() - m.m12()));
        } else if (yy == largest) {
            q = new Quaternion(s * (m.m10() + m.m01()), s * yy, s * (m.m21() + m.m12()), s * (m.m02() - m.m20()));
        } else {
            q = new Quaternion(s * (m.m02() + m.m20()), s * (m.m21() + m.m12()), s * zz, s * (m.m10() - m.m01()));
        }
        return q.w < 0 ? new Quaternion(-q.x, -q.y, -q.z, -q.w) : q;
    }

    /** Returns the Hamilton product, which applies {@code o} first and then this rotation. */
    public Quaternion times(Quaternion o) {
        return new Quaternion(
                w * o.x + x * o.w + y * o.z - z * o.y,
                w * o.y - x * o.z + y * o.w + z * o.x,
                w * o.z + x * o.y - y * o.x + z * o.w,
                w * o.w - x * o.x - y * o.y - z * o.z);
    }

    /**
     * Returns the rotation matrix, which does not depend on the length of the quaternion.
     *
     * @throws ArithmeticException if all four components are zero or one is not finite
     */
    public Mat3 toMatrix() {
        double squaredNorm = x * x + y * y + z * z + w * w;
        if (squaredNorm == 0 || !Double.isFinite(squaredNorm)) {
            throw new ArithmeticException(Check.message("length of a quaternion", "positive and finite", this));
        }
        double s = 2 / squaredNorm;
        return new Mat3(
                1 - s * (y * y + z * z),
                s * (x * y - z * w),
                s * (x * z + y * w), //
                s * (x * y + z * w),
                1 - s * (x * x + z * z),
                s * (y * z - x * w), //
                s * (x * z - y * w),
                s * (y * z + x * w),
                1 - s * (x * x + y * y));
    }
}
