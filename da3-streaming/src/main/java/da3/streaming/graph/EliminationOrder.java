package da3.streaming.graph;

import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * The order in which a Cholesky factorization eliminates variables, and the blocks of its factor. The variable that adds
 * the fewest entries to the factor comes next (minimum degree). Among equals it is the one whose neighborhood changed
 * longest ago, which spreads eliminations over the graph and halves the work on large grids.
 *
 * <p>Degrees are exact and counted in components. The graph of remaining variables is stored explicitly, which costs
 * about as many steps as the factorization has block products. Amestoy, Davis and Duff, "An Approximate Minimum Degree
 * Ordering Algorithm", 1996, describe a faster approximation for graphs where this matters.
 *
 * @param order the variable at each position
 * @param below for each position the positions, ascending, of the blocks below the diagonal in its column of the factor
 */
record EliminationOrder(int[] order, int[][] below) {

    /**
     * A remaining variable.
     *
     * @param changed when its neighborhood changed last, in changes of all variables
     */
    private record Candidate(int degree, long changed, int variable) implements Comparable<Candidate> {

        @Override
        public int compareTo(Candidate other) {
            return degree != other.degree
                    ? Integer.compare(degree, other.degree)
                    : Long.compare(changed, other.changed);
        }
    }

    static EliminationOrder of(BlockMatrix matrix) {
        int n = matrix.count();
        int[][] neighbors = neighbors(matrix);
        Candidate[] candidates = new Candidate[n];
        PriorityQueue<Candidate> queue = new PriorityQueue<>(); // outdated candidates stay and are skipped
        long changes = 0;
        for (int v = 0; v < n; v++) {
            candidates[v] = new Candidate(degree(matrix, neighbors[v]), changes++, v);
            queue.add(candidates[v]);
        }
        int[] order = new int[n];
        int[] position = new int[n];
        int next = 0;
        while (next < n) {
            Candidate candidate = queue.remove();
            int v = candidate.variable;
            if (candidate != candidates[v]) {
                continue;
            }
            order[next] = v;
            position[v] = next++;
            for (int u : neighbors[v]) {
                neighbors[u] = union(neighbors[u], neighbors[v], u, v);
                candidates[u] = new Candidate(degree(matrix, neighbors[u]), changes++, u);
                queue.add(candidates[u]);
            }
        }
        int[][] below = new int[n][];
        for (int k = 0; k < n; k++) {
            below[k] = Arrays.stream(neighbors[order[k]])
                    .map(u -> position[u])
                    .sorted()
                    .toArray();
        }
        return new EliminationOrder(order, below);
    }

    /** Returns the number of blocks of the factor, with the diagonal. */
    long blockCount() {
        return order.length
                + Arrays.stream(below).mapToLong(rows -> rows.length).sum();
    }

    private static int degree(BlockMatrix matrix, int[] neighbors) {
        int sum = 0;
        for (int u : neighbors) {
            sum += matrix.size(u);
        }
        return sum;
    }

    /** Returns for each variable the others with which it shares a block, ascending. */
    private static int[][] neighbors(BlockMatrix matrix) {
        int n = matrix.count();
        int[] counts = new int[n];
        for (int c = 0; c < n; c++) {
            int[] rows = matrix.rows(c);
            counts[c] += rows.length - 1;
            for (int k = 1; k < rows.length; k++) {
                counts[rows[k]]++;
            }
        }
        int[][] neighbors = new int[n][];
        for (int v = 0; v < n; v++) {
            neighbors[v] = new int[counts[v]];
        }
        int[] filled = new int[n];
        // Columns ascend, so each variable receives its lower neighbors first, in order, and then its higher ones.
        for (int c = 0; c < n; c++) {
            int[] rows = matrix.rows(c);
            for (int k = 1; k < rows.length; k++) {
                neighbors[rows[k]][filled[rows[k]]++] = c;
            }
        }
        for (int c = 0; c < n; c++) {
            int[] rows = matrix.rows(c);
            System.arraycopy(rows, 1, neighbors[c], filled[c], rows.length - 1);
        }
        return neighbors;
    }

    /** Returns the union of two ascending lists without two of their values. */
    private static int[] union(int[] a, int[] b, int omitted, int alsoOmitted) {
        int[] union = new int[a.length + b.length];
        int count = 0;
        int i = 0;
        int j = 0;
        while (i < a.length || j < b.length) {
            int value;
            if (j == b.length || i < a.length && a[i] < b[j]) {
                value = a[i++];
            } else {
                if (i < a.length && a[i] == b[j]) {
                    i++;
                }
                value = b[j++];
            }
            if (value != omitted && value != alsoOmitted) {
                union[count++] = value;
            }
        }
        return Arrays.copyOf(union, count);
    }
}
