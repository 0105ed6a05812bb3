package da3.streaming.graph;

import da3.geometry.math.Mat3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Linear least squares for unknowns that are known relative to each other: {@code x_to = M x_from + offset}, where M is
 * orthogonal. An unknown is a matrix that is stored column by column; relations apply to each of its columns.
 *
 * <p>In every connected part of the graph without a fixed or observed unknown, the first unknown keeps its initial value.
 */
final class RelativeLeastSquares {

    private record Relation(int from, int to, double weight, double[] turn, double[] offset) {}

    private record Observation(int of, double weight, double[] value) {}

    private final int rows;
    private final double[][] values;
    private final boolean[] fixed;
    private final List<Relation> relations = new ArrayList<>();
    private final List<Observation> observations = new ArrayList<>();

    /**
     * Prepares a system.
     *
     * @param rows number of rows of an unknown
     * @param initial for each unknown its initial value
     */
    RelativeLeastSquares(int rows, double[][] initial) {
        this.rows = rows;
        values = initial;
        fixed = new boolean[initial.length];
    }

    /** Keeps an unknown at its initial value. */
    void fix(int unknown) {
        fixed[unknown] = true;
    }

    /** Adds a relation of unknowns of one row, {@code x_to = x_from + offset}. */
    void relate(int from, int to, double weight, double... offset) {
        relations.add(new Relation(from, to, weight, new double[] {1}, offset));
    }

    /** Adds a relation of unknowns of three rows, {@code x_to = turn x_from}. */
    void relate(int from, int to, double weight, Mat3 turn) {
        relations.add(new Relation(from, to, weight, turn.toArray(), new double[values[from].length]));
    }

    /** Adds an observed value of an unknown. */
    void observe(int unknown, double weight, double... value) {
        observations.add(new Observation(unknown, weight, value));
    }

    /** Returns the values of all unknowns. */
    double[][] solve() {
        fixFloatingParts();
        int[] blocks = new int[values.length];
        int count = 0;
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = fixed[i] ? -1 : count++;
        }
        if (count == 0) {
            return values;
        }
        int[] sizes = new int[count];
        Arrays.fill(sizes, rows);
        List<int[]> pairs = relations.stream()
                .map(r -> new int[] {blocks[r.from], blocks[r.to]})
                .filter(pair -> pair[0] >= 0 && pair[1] >= 0)
                .toList();
        BlockMatrix matrix = BlockMatrix.of(sizes, pairs);
        double[][] right = new double[values[0].length / rows][count * rows];
        relations.forEach(r -> add(r, blocks, matrix, right));
        for (Observation o : observations) {
            if (blocks[o.of] >= 0) {
                addDiagonal(matrix, blocks[o.of], o.weight);
                addTo(right, blocks[o.of], o.weight, o.value);
            }
        }
        BlockCholesky cholesky = new BlockCholesky(matrix);
        if (!cholesky.factorize(new double[count * rows])) {
            return values; // weights too different for double precision
        }
        for (int c = 0; c < right.length; c++) {
            double[] column = cholesky.solve(right[c]);
            for (int i = 0; i < blocks.length; i++) {
                if (blocks[i] >= 0) {
                    System.arraycopy(column, blocks[i] * rows, values[i], c * rows, rows);
                }
            }
        }
        return values;
    }

    private void add(Relation r, int[] blocks, BlockMatrix matrix, double[][] right) {
        int from = blocks[r.from];
        int to = blocks[r.to];
        if (from >= 0) {
            addDiagonal(matrix, from, r.weight);
            addTo(right, from, -r.weight, turned(r.turn, r.offset, true));
        }
        if (to >= 0) {
            addDiagonal(matrix, to, r.weight);
            addTo(right, to, r.weight, r.offset);
        }
        if (from >= 0 && to >= 0) {
            double[] block = matrix.block(Math.max(from, to), Math.min(from, to));
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < rows; j++) {
                    block[i * rows + j] -= r.weight * (to > from ? r.turn[i * rows + j] : r.turn[j * rows + i]);
                }
            }
        } else if (to >= 0) {
            addTo(right, to, r.weight, turned(r.turn, values[r.from], false));
        } else if (from >= 0) {
            addTo(right, from, r.weight, turned(r.turn, values[r.to], true));
        }
    }

    private void addDiagonal(BlockMatrix matrix, int block, double weight) {
        for (int i = 0; i < rows; i++) {
            matrix.block(block, block)[i * rows + i] += weight;
        }
    }

    private void addTo(double[][] right, int block, double weight, double[] value) {
        for (int c = 0; c < right.length; c++) {
            for (int i = 0; i < rows; i++) {
                right[c][block * rows + i] += weight * value[c * rows + i];
            }
        }
    }

    /** Returns the product of a matrix, or of its transpose, and a value. */
    private double[] turned(double[] turn, double[] value, boolean transposed) {
        double[] result = new double[value.length];
        for (int c = 0; c < value.length; c += rows) {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < rows; j++) {
                    result[c + i] += (transposed ? turn[j * rows + i] : turn[i * rows + j]) * value[c + j];
                }
            }
        }
        return result;
    }

    private void fixFloatingParts() {
        int n = values.length;
        int[] parent = new int[n];
        Arrays.setAll(parent, i -> i);
        for (Relation r : relations) {
            int a = root(parent, r.from);
            int b = root(parent, r.to);
            parent[Math.max(a, b)] = Math.min(a, b); // so a root is the first of its part
        }
        boolean[] held = new boolean[n];
        for (int i = 0; i < n; i++) {
            held[root(parent, i)] |= fixed[i];
        }
        observations.forEach(o -> held[root(parent, o.of)] = true);
        for (int i = 0; i < n; i++) {
            if (parent[i] == i && !held[i]) {
                fixed[i] = true;
            }
        }
    }

    private static int root(int[] parent, int i) {
        int root = i;
        while (parent[root] != root) {
            parent[root] = parent[parent[root]];
            root = parent[root];
        }
        return root;
    }
}
