package da3.streaming.graph;

/**
 * The upper triangular matrix U with {@code U^T U = information}. Residuals and Jacobians multiplied by it have unit
 * covariance, so that their plain sum of squares is the squared Mahalanobis distance.
 */
final class Whitening {

    private final int dimension;
    private final double[] upper; // row-major

    private Whitening(int dimension, double[] upper) {
        this.dimension = dimension;
        this.upper = upper;
    }

    /**
     * Returns the whitening for an information matrix.
     *
     * @param information symmetric, row-major, dimension x dimension
     * @return null if the matrix is not positive definite
     */
    static Whitening of(double[] information, int dimension) {
        double[] upper = new double[dimension * dimension];
        for (int i = 0; i < dimension; i++) {
            for (int j = i; j < dimension; j++) {
                double sum = information[i * dimension + j];
                for (int k = 0; k < i; k++) {
                    sum -= upper[k * dimension + i] * upper[k * dimension + j];
                }
                if (i == j && !(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
                    return null;
                }
                upper[i * dimension + j] = i == j ? Math.sqrt(sum) : sum / upper[i * dimension + i];
            }
        }
        return new Whitening(dimension, upper);
    }

    /** Replaces a matrix M by U M; M is row-major with {@code columns} columns. */
    void apply(double[] m, int columns) {
        for (int i = 0; i < dimension; i++) {
            for (int c = 0; c < columns; c++) {
                double sum = 0;
                for (int k = i; k < dimension; k++) { // rows from i on are not replaced yet
                    sum += upper[i * dimension + k] * m[k * columns + c];
                }
                m[i * columns + c] = sum;
            }
        }
    }
}
