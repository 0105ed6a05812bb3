package da3.geometry.rays;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.check.Check;
import da3.geometry.math.Mat3;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * A least squares fit of a homography to weighted point pairs, by the direct linear transform (Hartley and Zisserman,
 * "Multiple View Geometry", section 4.1). Pairs are added one by one; only sums are stored.
 */
final class WeightedHomography {

    // With p = (x, y, 1), the normal matrix of the linear system consists of these symmetric 3x3 matrices:
    private final double[] plain = new double[6]; // w p p^T
    private final double[] timesU = new double[6]; // w u p p^T
    private final double[] timesV = new double[6]; // w v p p^T
    private final double[] timesSquares = new double[6]; // w (u^2 + v^2) p p^T
    private int pairs;

    /** Adds a pair: the homography should map (x, y) to (u, v). */
    void add(double x, double y, double u, double v, double weight) {
        addOuter(plain, x, y, weight);
        addOuter(timesU, x, y, weight * u);
        addOuter(timesV, x, y, weight * v);
        addOuter(timesSquares, x, y, weight * (u * u + v * v));
        pairs++;
    }

    /**
     * Returns the homography, with unit norm and arbitrary sign.
     *
     * @throws DegenerateGeometryException if fewer than four pairs were added, or one was not finite
     */
    Mat3 solve() {
        if (pairs < 4) {
            throw new DegenerateGeometryException(
                    Check.message("number of point pairs for a homography", "at least 4", pairs));
        }
        double[][] normal = new double[9][9];
        place(normal, 0, 0, plain, 1);
        place(normal, 3, 3, plain, 1);
        place(normal, 6, 6, timesSquares, 1);
        place(normal, 0, 6, timesU, -1);
        place(normal, 3, 6, timesV, -1);
        for (double[] row : normal) {
            for (double v : row) {
                if (!Double.isFinite(v)) {
                    throw new DegenerateGeometryException("points and weights of a homography must be finite");
                }
            }
        }
        EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(normal, false));
        // Eigenvalues are in descending order, so the last eigenvector has the smallest error.
        return Mat3.of(eigen.getEigenvector(8).toArray(), 0);
    }

    private static void addOuter(double[] sum, double x, double y, double weight) {
        sum[0] += weight * x * x;
        sum[1] += weight * x * y;
        sum[2] += weight * x;
        sum[3] += weight * y * y;
        sum[4] += weight * y;
        sum[5] += weight;
    }

    private static void place(double[][] m, int row, int column, double[] s, double sign) {
        double[][] block = {{s[0], s[1], s[2]}, {s[1], s[3], s[4]}, {s[2], s[4], s[5]}};
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                m[row + i][column + j] = sign * block[i][j];
                m[column + j][row + i] = sign * block[i][j];
            }
        }
    }
}
