package da3.geometry.align;

import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * The rotation R that comes closest to a matrix M, which is the one with the largest trace of R^T M.
 *
 * @param rotation orthonormal, determinant 1
 * @param first singular value of M, the largest
 * @param second singular value
 * @param third singular value, negative where the best orthogonal matrix would be a reflection
 */
record NearestRotation(Mat3 rotation, double first, double second, double third) {

    /** @param m of finite entries */
    static NearestRotation of(Mat3 m) {
        double[][] rows = {{m.m00(), m.m01(), m.m02()}, {m.m10(), m.m11(), m.m12()}, {m.m20(), m.m21(), m.m22()}};
        SingularValueDecomposition svd = new SingularValueDecomposition(new Array2DRowRealMatrix(rows, false));
        Mat3 u = toMat3(svd.getU());
        Mat3 vt = toMat3(svd.getVT());
        // Turning the weakest axis round makes a reflection the best rotation.
        double turn = u.determinant() * vt.determinant() < 0 ? -1 : 1;
        double[] d = svd.getSingularValues();
        return new NearestRotation(
                u.times(new Mat3(1, 0, 0, 0, 1, 0, 0, 0, turn)).times(vt), d[0], d[1], turn * d[2]);
    }

    /** The trace of R^T M. */
    double trace() {
        return first + second + third;
    }

    private static Mat3 toMat3(RealMatrix m) {
        return Mat3.ofColumns(column(m, 0), column(m, 1), column(m, 2));
    }

    private static Vec3 column(RealMatrix m, int i) {
        return new Vec3(m.getEntry(0, i), m.getEntry(1, i), m.getEntry(2, i));
    }
}
