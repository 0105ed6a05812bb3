package da3.onednn;

import da3.nn.Precision;
import java.util.Arrays;

/**
 * The sum of the rows of a matrix, in float32 and tile by tile: each tile is multiplied by a row of ones. The order of
 * additions depends only on the tiling.
 */
final class RowSums {

    private final OneDnnTensor y;
    private final OneDnnTensor ones;
    private final OneDnnTensor factors; // ones in the precision of the matrix
    private final OneDnnTensor parts; // the sum of each tile
    private final Kernel[] sum;
    private final Kernel total; // null for one tile

    /**
     * Prepares a sum, with memory in the innermost scope.
     *
     * @param tiling of the rows
     * @param y receives the sum, (c)
     */
    RowSums(ExecutionContext context, Precision precision, Tiling tiling, OneDnnTensor y) {
        int c = y.values();
        int count = tiling.count();
        Kernels kernels = context.kernels();
        this.y = y;
        this.ones = ones(context, Math.max(tiling.tileSize(), count));
        this.factors = context.cast(precision, ones);
        this.parts = count == 1 ? y : context.memory().tensor(count, c);
        this.sum = tiling.kernels(n -> kernels.matmul(
                factors.dense(1, n), Layout.dense(n, c).withPrecision(precision), null, Layout.dense(1, c)));
        this.total = count == 1
                ? null
                : kernels.matmul(Layout.dense(1, count), Layout.dense(count, c), null, Layout.dense(1, c));
    }

    private static OneDnnTensor ones(ExecutionContext context, int n) {
        float[] values = new float[n];
        Arrays.fill(values, 1);
        return context.write(values, n);
    }

    /** Sums a tile whose first row is at an address. */
    void run(int worker, int tile, long rows) {
        sum[tile].run(worker, factors.at(0), rows, parts.at((long) tile * y.values()));
    }

    /** Adds the sums of all tiles. */
    void finish() {
        if (total != null) {
            total.run(0, ones.at(0), parts.at(0), y.at(0));
        }
    }
}
