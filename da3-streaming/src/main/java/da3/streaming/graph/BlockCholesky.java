package da3.streaming.graph;

import java.util.Arrays;

/**
 * The Cholesky factorization {@code P A P^T = L L^T} of a sparse symmetric positive definite matrix of blocks, where P
 * puts variables into their {@linkplain EliminationOrder elimination order}. Once a column of blocks is finished, its
 * outer product is subtracted from later columns (right-looking). The same matrix always gives the same bits.
 *
 * <p>Source: Golub and Van Loan, "Matrix Computations", section 4.2; Davis, "Direct Methods for Sparse Linear Systems",
 * chapter 4.
 */
final class BlockCholesky {

    private final BlockMatrix matrix;
    private final EliminationOrder elimination;
    /** Size of the variable at each position. */
    private final int[] sizes;
    /** For each column of L its blocks below one another, the diagonal first; row-major, as wide as the variable. */
    private final double[][] columns;
    /** For each column the row within {@link #columns} where each block below the diagonal starts. */
    private final int[][] starts;

    /** Prepares factorizations of a matrix, whose values may change later. */
    BlockCholesky(BlockMatrix matrix) {
        this.matrix = matrix;
        elimination = EliminationOrder.of(matrix);
        int n = matrix.count();
        sizes = Arrays.stream(elimination.order()).map(matrix::size).toArray();
        columns = new double[n][];
        starts = new int[n][];
        for (int k = 0; k < n; k++) {
            int[] below = elimination.below()[k];
            starts[k] = new int[below.length];
            int height = sizes[k];
            for (int i = 0; i < below.length; i++) {
                starts[k][i] = height;
                height += sizes[below[i]];
            }
            columns[k] = new double[height * sizes[k]];
        }
    }

    /**
     * Factorizes the matrix plus a diagonal matrix.
     *
     * @param shift added to the diagonal
     * @return whether the sum is numerically positive definite; if not, {@link #solve} must not be called
     */
    boolean factorize(double[] shift) {
        load(shift);
        for (int k = 0; k < columns.length; k++) {
            if (!finishColumn(k)) {
                return false;
            }
            subtractOuterProduct(k);
        }
        return true;
    }

    /** Returns the solution of {@code A x = b} for the matrix factorized last. */
    double[] solve(double[] b) {
        double[] x = new double[b.length];
        int n = columns.length;
        int[] offsets = new int[n];
        for (int k = 0, offset = 0; k < n; offset += sizes[k++]) {
            offsets[k] = offset;
            System.arraycopy(b, matrix.offset(elimination.order()[k]), x, offset, sizes[k]);
        }
        for (int k = 0; k < n; k++) {
            solveForward(k, x, offsets);
        }
        for (int k = n - 1; k >= 0; k--) {
            solveBackward(k, x, offsets);
        }
        double[] solution = new double[b.length];
        for (int k = 0; k < n; k++) {
            System.arraycopy(x, offsets[k], solution, matrix.offset(elimination.order()[k]), sizes[k]);
        }
        return solution;
    }

    /** Returns the number of blocks in L. */
    long blockCount() {
        return elimination.blockCount();
    }

    private void load(double[] shift) {
        int n = columns.length;
        int[] position = new int[n];
        for (int k = 0; k < n; k++) {
            position[elimination.order()[k]] = k;
            Arrays.fill(columns[k], 0);
        }
        for (int c = 0; c < n; c++) {
            int[] rows = matrix.rows(c);
            for (int i = 0; i < rows.length; i++) {
                copy(matrix.blockAt(c, i), position[rows[i]], position[c]);
            }
            double[] diagonal = columns[position[c]];
            int size = matrix.size(c);
            for (int i = 0; i < size; i++) {
                diagonal[i * size + i] += shift[matrix.offset(c) + i];
            }
        }
    }

    /** Copies a block at two positions, transposed if it would be above the diagonal. */
    private void copy(double[] block, int row, int column) {
        if (row >= column) {
            System.arraycopy(block, 0, columns[column], start(row, column) * sizes[column], block.length);
            return;
        }
        int height = sizes[row];
        int width = sizes[column];
        int to = start(column, row) * height;
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                columns[row][to + j * height + i] = block[i * width + j];
            }
        }
    }

    private int start(int row, int column) {
        return row == column
                ? 0
                : starts[column][Arrays.binarySearch(elimination.below()[column], row)];
    }

    /** Factorizes the diagonal block L_kk L_kk^T and divides the blocks below it by L_kk^T. */
    private boolean finishColumn(int k) {
        int n = sizes[k];
        double[] l = columns[k];
        for (int row = 0; row < l.length; row += n) {
            int last = Math.min(row / n, n - 1);
            for (int j = 0; j <= last; j++) {
                double sum = l[row + j];
                for (int i = 0; i < j; i++) {
                    sum -= l[row + i] * l[j * n + i];
                }
                if (row == j * n) {
                    if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
                        return false;
                    }
                    l[row + j] = Math.sqrt(sum);
                } else {
                    l[row + j] = sum / l[j * n + j];
                }
            }
        }
        return true;
    }

    private void subtractOuterProduct(int k) {
        int[] below = elimination.below()[k];
        double[] source = columns[k];
        int n = sizes[k];
        for (int b = 0; b < below.length; b++) {
            int column = below[b];
            int[] targetRows = elimination.below()[column];
            int target = 0;
            for (int a = b; a < below.length; a++) {
                int start = 0;
                if (a > b) {
                    while (targetRows[target] != below[a]) {
                        target++;
                    }
                    start = starts[column][target];
                }
                subtractProduct(
                        source, n, starts[k][a], sizes[below[a]], starts[k][b], columns[column], start, sizes[column]);
            }
        }
    }

    /** Subtracts the product of one block and another one, transposed, from a target block. */
    private static void subtractProduct(
            double[] source, int n, int left, int height, int right, double[] target, int start, int width) {
        for (int i = 0; i < height; i++) {
            int a = (left + i) * n;
            int to = (start + i) * width;
            if (n == 6) {
                double a0 = source[a];
                double a1 = source[a + 1];
                double a2 = source[a + 2];
                double a3 = source[a + 3];
                double a4 = source[a + 4];
                double a5 = source[a + 5];
                for (int j = 0, b = right * 6; j < width; j++, b += 6) {
                    target[to + j] -= a0 * source[b]
                            + a1 * source[b + 1]
                            + a2 * source[b + 2]
                            + a3 * source[b + 3]
                            + a4 * source[b + 4]
                            + a5 * source[b + 5];
                }
            } else {
                for (int j = 0, b = right * n; j < width; j++, b += n) {
                    double sum = 0;
                    for (int c = 0; c < n; c++) {
                        sum += source[a + c] * source[b + c];
                    }
                    target[to + j] -= sum;
                }
            }
        }
    }

    private void solveForward(int k, double[] x, int[] offsets) {
        int n = sizes[k];
        double[] l = columns[k];
        int at = offsets[k];
        for (int i = 0; i < n; i++) {
            double sum = x[at + i];
            for (int j = 0; j < i; j++) {
                sum -= l[i * n + j] * x[at + j];
            }
            x[at + i] = sum / l[i * n + i];
        }
        int[] below = elimination.below()[k];
        for (int b = 0; b < below.length; b++) {
            for (int i = 0; i < sizes[below[b]]; i++) {
                int row = (starts[k][b] + i) * n;
                double sum = 0;
                for (int j = 0; j < n; j++) {
                    sum += l[row + j] * x[at + j];
                }
                x[offsets[below[b]] + i] -= sum;
            }
        }
    }

    private void solveBackward(int k, double[] x, int[] offsets) {
        int n = sizes[k];
        double[] l = columns[k];
        int at = offsets[k];
        int[] below = elimination.below()[k];
        for (int b = 0; b < below.length; b++) {
            for (int i = 0; i < sizes[below[b]]; i++) {
                int row = (starts[k][b] + i) * n;
                double value = x[offsets[below[b]] + i];
                for (int j = 0; j < n; j++) {
                    x[at + j] -= l[row + j] * value;
                }
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            double sum = x[at + i];
            for (int j = i + 1; j < n; j++) {
                sum -= l[j * n + i] * x[at + j];
            }
            x[at + i] = sum / l[i * n + i];
        }
    }
}
