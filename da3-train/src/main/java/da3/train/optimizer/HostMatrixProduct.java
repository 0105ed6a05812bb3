package da3.train.optimizer;

import da3.geometry.concurrent.Parallel;
import java.util.Arrays;

/** A matrix product in plain Java, for small matrices and where no engine is available. */
public final class HostMatrixProduct implements MatrixProduct {

    private final int threads;

    /** @param threads number of threads; 0 for one per processor */
    public HostMatrixProduct(int threads) {
        this.threads = threads;
    }

    @Override
    public void multiply(float[] a, float[] b, boolean transposed, int rows, int inner, int columns, float[] out) {
        float[] right = transposed ? transpose(b, columns, inner) : b;
        Parallel.forEach(rows, threads, i -> {
            Arrays.fill(out, i * columns, (i + 1) * columns, 0);
            // Along a row of the result, so that the inner loop becomes vector instructions.
            for (int k = 0; k < inner; k++) {
                float factor = a[i * inner + k];
                for (int j = 0; j < columns; j++) {
                    out[i * columns + j] += factor * right[k * columns + j];
                }
            }
        });
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
