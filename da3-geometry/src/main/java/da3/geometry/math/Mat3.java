package da3.geometry.math;

import da3.geometry.check.Check;

/** A 3x3 matrix; mRC is the entry in row R and column C. */
public record Mat3(
        double m00,
        double m01,
        double m02, //
        double m10,
        double m11,
        double m12, //
        double m20,
        double m21,
        double m22) {

    public static final Mat3 IDENTITY = new Mat3(1, 0, 0, 0, 1, 0, 0, 0, 1);

    /** Returns a matrix from nine row-major values that start at {@code offset}. */
    public static Mat3 of(double[] rowMajor, int offset) {
        return new Mat3(
                rowMajor[offset],
                rowMajor[offset + 1],
                rowMajor[offset + 2], //
                rowMajor[offset + 3],
                rowMajor[offset + 4],
                rowMajor[offset + 5], //
                rowMajor[offset + 6],
                rowMajor[offset + 7],
                rowMajor[offset + 8]);
    }

    /** Returns a matrix from its columns. */
    public static Mat3 ofColumns(Vec3 a, Vec3 b, Vec3 c) {
        return new Mat3(a.x(), b.x(), c.x(), a.y(), b.y(), c.y(), a.z(), b.z(), c.z());
    }

    /** Adds the outer product {@code weight a b^T} to nine row-major values, without creating a matrix for each term. */
    public static void addOuter(double[] rowMajor, Vec3 a, Vec3 b, double weight) {
        double[] rows = {a.x() * weight, a.y() * weight, a.z() * weight};
        for (int i = 0; i < 3; i++) {
            rowMajor[3 * i] += rows[i] * b.x();
            rowMajor[3 * i + 1] += rows[i] * b.y();
            rowMajor[3 * i + 2] += rows[i] * b.z();
        }
    }

    /** Returns column 0, 1 or 2. */
    public Vec3 column(int i) {
        return switch (i) {
            case 0 -> new Vec3(m00, m10, m20);
            case 1 -> new Vec3(m01, m11, m21);
            case 2 -> new Vec3(m02, m12, m22);
            default -> throw Check.invalid("column of a 3x3 matrix", "from 0 to 2", i);
        };
    }

    /** Returns the nine entries, row-major. */
    public double[] toArray() {
        return new double[] {m00, m01, m02, m10, m11, m12, m20, m21, m22};
    }

    public Mat3 transpose() {
        return new Mat3(m00, m10, m20, m01, m11, m21, m02, m12, m22);
    }

    public Mat3 times(Mat3 o) {
        return new Mat3(
                m00 * o.m00 + m01 * o.m10 + m02 * o.m20,
                m00 * o.m01 + m01 * o.m11 + m02 * o.m21,
                m00 * o.m02 + m01 * o.m12 + m02 * o.m22,
                m10 * o.m00 + m11 * o.m10 + m12 * o.m20,
                m10 * o.m01 + m11 * o.m11 + m12 * o.m21,
                m10 * o.m02 + m11 * o.m12 + m12 * o.m22,
                m20 * o.m00 + m21 * o.m10 + m22 * o.m20,
                m20 * o.m01 + m21 * o.m11 + m22 * o.m21,
                m20 * o.m02 + m21 * o.m12 + m22 * o.m22);
    }

    public Mat3 times(double s) {
        return new Mat3(m00 * s, m01 * s, m02 * s, m10 * s, m11 * s, m12 * s, m20 * s, m21 * s, m22 * s);
    }

    public Vec3 times(Vec3 v) {
        return new Vec3(
                m00 * v.x() + m01 * v.y() + m02 * v.z(),
                m10 * v.x() + m11 * v.y() + m12 * v.z(),
                m20 * v.x() + m21 * v.y() + m22 * v.z());
    }

    public double determinant() {
        return m00 * (m11 * m22 - m12 * m21) - m01 * (m10 * m22 - m12 * m20) + m02 * (m10 * m21 - m11 * m20);
    }

    /** @throws ArithmeticException if the determinant is zero or not finite */
    public Mat3 inverse() {
        double det = determinant();
        if (det == 0 || !Double.isFinite(det)) {
            throw new ArithmeticException("a matrix with determinant " + det + " has no inverse");
        }
        double s = 1 / det;
        return new Mat3(
                (m11 * m22 - m12 * m21) * s,
                (m02 * m21 - m01 * m22) * s,
                (m01 * m12 - m02 * m11) * s,
                (m12 * m20 - m10 * m22) * s,
                (m00 * m22 - m02 * m20) * s,
                (m02 * m10 - m00 * m12) * s,
                (m10 * m21 - m11 * m20) * s,
                (m01 * m20 - m00 * m21) * s,
                (m00 * m11 - m01 * m10) * s);
    }

    public boolean isFinite() {
        for (double v : toArray()) {
            if (!Double.isFinite(v)) {
                return false;
            }
        }
        return true;
    }
}
