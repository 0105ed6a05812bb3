package da3.streaming.graph;

import java.util.Arrays;
import java.util.List;

/**
 * A sparse symmetric matrix of dense blocks. Row and column {@code i} of blocks belong to variable {@code i}, which has
 * {@code size(i)} components. Only blocks on and below the diagonal are stored.
 */
final class BlockMatrix {

    private final int[] sizes;
    /** First component of each variable in a vector; the last entry is the length of the vector. */
    private final int[] offsets;
    /** For each column its diagonal row, then the rows below with a block, ascending. */
    private final int[][] rows;
    /** For each entry of {@link #rows} a block, row-major, size of the row x size of the column. */
    private final double[][][] blocks;

    private BlockMatrix(int[] sizes, int[][] rows) {
        this.sizes = sizes;
        this.rows = rows;
        offsets = new int[sizes.length + 1];
        for (int i = 0; i < sizes.length; i++) {
            offsets[i + 1] = offsets[i] + sizes[i];
        }
        blocks = new double[sizes.length][][];
        for (int c = 0; c < sizes.length; c++) {
            blocks[c] = new double[rows[c].length][];
            for (int k = 0; k < rows[c].length; k++) {
                blocks[c][k] = new double[sizes[rows[c][k]] * sizes[c]];
            }
        }
    }

    /**
     * Returns a zero matrix that has the diagonal blocks and a block for every two variables of the same group.
     *
     * @param sizes number of components of each variable
     * @param groups groups of variables, each without duplicates
     */
    static BlockMatrix of(int[] sizes, List<int[]> groups) {
        int n = sizes.length;
        long[] keys = new long
                [n
                        + groups.stream()
                                .mapToInt(g -> g.length * (g.length - 1) / 2)
                                .sum()];
        int count = 0;
        for (int i = 0; i < n; i++) {
            keys[count++] = (long) i * n + i;
        }
        for (int[] group : groups) {
            for (int a = 0; a < group.length; a++) {
                for (int b = 0; b < a; b++) {
                    keys[count++] = (long) Math.min(group[a], group[b]) * n + Math.max(group[a], group[b]);
                }
            }
        }
        Arrays.sort(keys);
        int[][] rows = new int[n][];
        int end = 0;
        for (int c = 0; c < n; c++) {
            int start = end;
            while (end < keys.length && keys[end] / n == c) {
                end++;
            }
            long first = (long) c * n;
            rows[c] = Arrays.stream(keys, start, end)
                    .distinct()
                    .mapToInt(key -> (int) (key - first))
                    .toArray();
        }
        return new BlockMatrix(sizes.clone(), rows);
    }

    /** Returns the number of variables. */
    int count() {
        return sizes.length;
    }

    int size(int variable) {
        return sizes[variable];
    }

    /** Returns the index of the first component of a variable in a vector; that of {@link #count()} is its length. */
    int offset(int variable) {
        return offsets[variable];
    }

    /** Returns the rows of a column that have a block: the diagonal first, then those below it, ascending. */
    int[] rows(int column) {
        return rows[column];
    }

    /** Returns the block in {@code rows(column)[k]}, row-major, for reading and writing. */
    double[] blockAt(int column, int k) {
        return blocks[column][k];
    }

    /**
     * Returns a block on or below the diagonal, row-major, for reading and writing.
     *
     * @throws IllegalArgumentException if the matrix has no such block
     */
    double[] block(int row, int column) {
        int k = Arrays.binarySearch(rows[column], row);
        if (k < 0) {
            throw new IllegalArgumentException("the matrix has no block in row " + row + " of column " + column);
        }
        return blocks[column][k];
    }

    /** Sets all blocks to zero. */
    void clear() {
        for (double[][] column : blocks) {
            for (double[] block : column) {
                Arrays.fill(block, 0);
            }
        }
    }

    /** Returns the diagonal. */
    double[] diagonal() {
        double[] diagonal = new double[offsets[sizes.length]];
        for (int c = 0; c < sizes.length; c++) {
            for (int i = 0; i < sizes[c]; i++) {
                diagonal[offsets[c] + i] = blocks[c][0][i * sizes[c] + i];
            }
        }
        return diagonal;
    }
}
