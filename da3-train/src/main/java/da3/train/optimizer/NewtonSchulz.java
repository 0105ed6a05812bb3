package da3.train.optimizer;

/**
 * Five Newton-Schulz steps that bring all singular values of a matrix close to 1, between about 0.7 and 1.2, and keep
 * its singular vectors (Jordan et al., Muon, 2024). Each step is X := a X + (b X X^T + c (X X^T)^2) X.
 */
final class NewtonSchulz {

    private static final int STEPS = 5;
    private static final float A = 3.4445f;
    private static final float B = -4.7750f;
    private static final float C = 2.0315f;
    // Avoids a division by zero for a zero gradient.
    private static final double FLOOR = 1e-7;

    private NewtonSchulz() {}

    /** @param matrix (rows, columns), row-major; is not changed */
    static float[] orthogonalize(float[] matrix, int rows, int columns, MatrixProduct product) {
        // The smaller side first, so that X X^T is small.
        if (rows > columns) {
            float[] wide = orthogonalize(transpose(matrix, rows, columns), columns, rows, product);
            return transpose(wide, columns, rows);
        }
        float[] x = normalized(matrix);
        float[] gram = new float[rows * rows];
        float[] square = new float[rows * rows];
        float[] change = new float[x.length];
        for (int step = 0; step < STEPS; step++) {
            product.multiply(x, x, true, rows, columns, rows, gram);
            // A Gram matrix is its own transpose.
            product.multiply(gram, gram, true, rows, rows, rows, square);
            for (int i = 0; i < gram.length; i++) {
                gram[i] = B * gram[i] + C * square[i];
            }
            product.multiply(gram, x, false, rows, rows, columns, change);
            for (int i = 0; i < x.length; i++) {
                x[i] = A * x[i] + change[i];
            }
        }
        return x;
    }

    private static float[] normalized(float[] matrix) {
        double squares = 0;
        for (float value : matrix) {
            squares += (double) value * value;
        }
        double norm = Math.sqrt(squares) + FLOOR;
        float[] result = new float[matrix.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) (matrix[i] / norm);
        }
        return result;
    }

    private static float[] transpose(float[] matrix, int rows, int columns) {
        float[] result = new float[matrix.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                result[j * rows + i] = matrix[i * columns + j];
            }
        }
        return result;
    }
}
