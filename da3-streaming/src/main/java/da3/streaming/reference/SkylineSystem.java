package da3.streaming.reference;

/**
 * A symmetric linear system. Of each row of its matrix the entries from a first column to the diagonal are stored; all
 * before it are zero, and stay zero in the factorization. It is solved by {@code L D L^T} without pivoting, which suits
 * positive definite matrices.
 */
final class SkylineSystem {

    private final int[] first;
    private final double[][] rows;

    /** @param first the first column of each row, not after the diagonal */
    SkylineSystem(int[] first) {
        this.first = first;
        this.rows = new double[first.length][];
        for (int i = 0; i < first.length; i++) {
            rows[i] = new double[i - first[i] + 1];
        }
    }

    /** Adds to an entry on or below the diagonal. */
    void add(int row, int column, double value) {
        rows[row][column - first[row]] += value;
    }

    void scaleDiagonal(double factor) {
        for (double[] row : rows) {
            row[row.length - 1] *= factor;
        }
    }

    /**
     * Replaces the right side by the solution, and the matrix by its factors. A pivot of zero leads to values that are
     * not finite.
     */
    void solve(double[] right) {
        for (int i = 0; i < rows.length; i++) {
            factorRow(i);
            for (int k = first[i]; k < i; k++) {
                right[i] -= lower(i, k) * right[k];
            }
        }
        for (int i = rows.length - 1; i >= 0; i--) {
            right[i] /= pivot(i);
        }
        for (int i = rows.length - 1; i >= 0; i--) {
            for (int k = first[i]; k < i; k++) {
                right[k] -= lower(i, k) * right[i];
            }
        }
    }

    private void factorRow(int i) {
        double[] row = rows[i];
        int from = first[i];
        for (int j = from; j < i; j++) { // row becomes L D
            double sum = row[j - from];
            for (int k = Math.max(from, first[j]); k < j; k++) {
                sum -= row[k - from] * lower(j, k);
            }
            row[j - from] = sum;
        }
        for (int k = from; k < i; k++) { // and then L, and D on the diagonal
            double scaled = row[k - from];
            row[k - from] = scaled / pivot(k);
            row[i - from] -= scaled * row[k - from];
        }
    }

    private double lower(int row, int column) {
        return rows[row][column - first[row]];
    }

    private double pivot(int row) {
        return rows[row][rows[row].length - 1];
    }
}
