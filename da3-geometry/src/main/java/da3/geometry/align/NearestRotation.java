package da3.geometry.align;

import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * The rotation R that is closest to a matrix M: the one with the largest trace of R^T M.
 *
 * @param rotation orthonormal, determinant 1
 * @param first largest singular value of M
 * @param second second singular value
 * @param third smallest singular value, negated where the closest orthogonal matrix is a reflection
 */
public record NearestRotation(Mat3 rotation, double first, double second, double third) {

    /** Returns the rotation closest to {@code m}, whose entries must be finite. */
    public static NearestRotation of(Mat3 m) {
        double[][] rows = {{m.m00(), m.m01(), m.m02()}, {m.m10(), m.m11(), m.m12()}, {m.m20(), m.m21(), m.m22()}};
        SingularValueDecomposition svd = new SingularValueDecomposition(new Array2DRowRealMatrix(rows, false));
        Mat3 u = toMat3(svd.getU());
        Mat3 vt = toMat3(svd.getVT());
        // Flipping the weakest axis turns a reflection into the closest rotation.
        double sign = u.determinant() * vt.determinant() < 0 ? -1 : 1;
        double[] d = svd.getSingularValues();
        return new NearestRotation(
                u.times(new Mat3(1, 0, 0, 0, 1, 0, 0, 0, sign)).times(vt), d[0], d[1], sign * d[2]);
    }

    /** Returns the trace of R^T M. */
    public double trace() {
        return first + second + third;
    }

    private static Mat3 toMat3(RealMatrix m) {
        return Mat3.ofColumns(column(m, 0), column(m, 1), column(m, 2));
    }

    private static Vec3 column(RealMatrix m, int i) {
        return new Vec3(m.getEntry(0, i), m.getEntry(1, i), m.getEntry(2, i));
    }
}
