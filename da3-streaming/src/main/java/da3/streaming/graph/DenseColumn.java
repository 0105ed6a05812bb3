package da3.streaming.graph;

/** Arithmetic on a column of blocks that is stored as one dense row-major matrix, the diagonal block first. */
final class DenseColumn {

    private DenseColumn() {}

    /**
     * Replaces the diagonal block A by its Cholesky factor L, and each row r below it by {@code r L^-T}.
     *
     * @param n width of the column; entries above the diagonal are not used
     * @return whether the diagonal block is numerically positive definite
     */
    static boolean factorize(double[] column, int n) {
        for (int row = 0; row < column.length; row += n) {
            int last = Math.min(row / n, n - 1);
            for (int j = 0; j <= last; j++) {
                double sum = column[row + j];
                for (int i = 0; i < j; i++) {
                    sum -= column[row + i] * column[j * n + i];
                }
                if (row != j * n) {
                    column[row + j] = sum / column[j * n + j];
                } else if (sum > 0 && sum < Double.POSITIVE_INFINITY) {
                    column[row + j] = Math.sqrt(sum);
                } else {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Subtracts {@code A B^T} from rows of another column, where A and B are blocks of one column.
     *
     * @param n width of the column of A and B
     * @param a first row of A
     * @param height number of rows of A
     * @param b first row of B
     * @param start first row of the target to change
     * @param width width of the target, which is the number of rows of B
     */
    static void subtractProduct(
            double[] column, int n, int a, int height, int b, double[] target, int start, int width) {
        for (int i = 0; i < height; i++) {
            if (n == 6) { // poses
                subtractRow6(column, (a + i) * 6, b * 6, target, (start + i) * width, width);
            } else {
                subtractRow(column, n, (a + i) * n, b * n, target, (start + i) * width, width);
            }
        }
    }

    private static void subtractRow6(double[] column, int a, int b, double[] target, int to, int width) {
        double a0 = column[a];
        double a1 = column[a + 1];
        double a2 = column[a + 2];
        double a3 = column[a + 3];
        double a4 = column[a + 4];
        double a5 = column[a + 5];
        for (int j = 0, k = b; j < width; j++, k += 6) {
            target[to + j] -= a0 * column[k]
                    + a1 * column[k + 1]
                    + a2 * column[k + 2]
                    + a3 * column[k + 3]
                    + a4 * column[k + 4]
                    + a5 * column[k + 5];
        }
    }

    private static void subtractRow(double[] column, int n, int a, int b, double[] target, int to, int width) {
        for (int j = 0, k = b; j < width; j++, k += n) {
            double sum = 0;
            for (int c = 0; c < n; c++) {
                sum += column[a + c] * column[k + c];
            }
            target[to + j] -= sum;
        }
    }
}
