package da3.onednn;

import da3.nn.Precision;
import java.util.List;

/** Products of two matrices, neither of which is a weight. */
final class MatMul {

    /** Larger products are not split along their inner axis, since each task needs its own sum. */
    private static final int MAX_SPLIT_VALUES = 1 << 16;

    private static final int MIN_SPLIT_TERMS = 512;

    private static final int MAX_SPLITS = 16;

    private static final int MIN_TILE_ROWS = 48;

    /** Minimum where there is work for every worker: every tile packs the whole right factor. */
    private static final int MIN_PREFERRED_TILE_ROWS = 96;

    private final ExecutionContext context;

    MatMul(ExecutionContext context) {
        this.context = context;
    }

    /** Multiplies (m, k) by (k, n) in float32 -> (m, n). A transposed factor is stored as (k, m) or (n, k). */
    OneDnnTensor multiply(OneDnnTensor a, boolean transposeA, OneDnnTensor b, boolean transposeB) {
        int m = a.shape[transposeA ? 1 : 0];
        int k = a.shape[transposeA ? 0 : 1];
        int n = b.shape[transposeB ? 0 : 1];
        if (b.shape[transposeB ? 1 : 0] != k) {
            throw new IllegalArgumentException("the inner sizes of a product must be equal, got " + a
                    + (transposeA ? " transposed" : "") + " times " + b + (transposeB ? " transposed" : ""));
        }
        OneDnnTensor y = context.memory().tensor(m, n);
        try (var scope = context.memory().scope()) {
            OneDnnTensor left = context.cast(Precision.FLOAT32, a);
            OneDnnTensor right = context.cast(Precision.FLOAT32, b);
            Layout rows = transposeB ? Layout.strided(new long[] {k, n}, 1, k) : Layout.dense(k, n);
            Work product =
                    prepareProduct(left.at(0), m, transposeA, right.at(0), rows, k, n, Precision.FLOAT32, y.at(0));
            context.threads().run(List.of(product));
        }
        return y;
    }

    /**
     * Computes a^T b in float32, summed over all rows: (.., m) and (.., n) -> (m, n).
     *
     * @param a left factor, in the precision of b
     * @param to address of the product
     */
    void multiplyTransposed(OneDnnTensor a, OneDnnTensor b, long to) {
        try (var scope = context.memory().scope()) {
            context.threads().run(List.of(prepareTransposed(a, b, to)));
        }
    }

    /** Prepares {@link #multiplyTransposed}, with memory in the innermost scope. */
    Work prepareTransposed(OneDnnTensor a, OneDnnTensor b, long to) {
        int rows = a.rows();
        int m = a.channels();
        int n = b.channels();
        if (b.rows() != rows || a.precision != b.precision) {
            throw new IllegalArgumentException("rows and precision must be equal, got " + a + " and " + b);
        }
        return m * (long) n <= MAX_SPLIT_VALUES && rows >= 2 * MIN_SPLIT_TERMS
                ? prepareSplit(a, b, to)
                : prepareProduct(a.at(0), m, true, b.at(0), b.dense(rows, n), rows, n, a.precision, to);
    }

    /** Returns a^T b as a sum of the products of tiles of rows. */
    private Work prepareSplit(OneDnnTensor a, OneDnnTensor b, long to) {
        int m = a.channels();
        int n = b.channels();
        Tiling tiling = Tiling.of(a.rows(), Math.max(MIN_SPLIT_TERMS, (a.rows() + MAX_SPLITS - 1) / MAX_SPLITS));
        Kernel[] products = tiling.kernels(r -> context.kernels()
                .matmul(
                        Layout.strided(new long[] {m, r}, 1, m).withPrecision(a.precision),
                        b.dense(r, n),
                        null,
                        Layout.dense(m, n)));
        OneDnnTensor sums = context.memory().tensor(tiling.count(), m * n);
        ThreadPool.Task task = (worker, tile) -> {
            long row = tiling.start(tile);
            products[tile].run(worker, a.at(row * m), b.at(row * n), sums.at((long) tile * m * n));
        };
        return new Work(tiling.count(), task, () -> new Reductions(context).sumParts(sums, to));
    }

    private Work prepareProduct(
            long a, int m, boolean transposeA, long b, Layout right, int k, int n, Precision precision, long to) {
        int workers = context.threads().workers();
        int least = m >= 2 * workers * MIN_PREFERRED_TILE_ROWS ? MIN_PREFERRED_TILE_ROWS : MIN_TILE_ROWS;
        Tiling tiling = Tiling.fine(m, least, workers);
        Kernel[] products = tiling.kernels(rows -> context.kernels()
                .matmul(
                        (transposeA ? Layout.strided(new long[] {rows, k}, 1, m) : Layout.dense(rows, k))
                                .withPrecision(precision),
                        right,
                        null,
                        Layout.dense(rows, n)));
        return Work.of(tiling.count(), (worker, tile) -> {
            long row = tiling.start(tile);
            long from = a + precision.bytes() * (transposeA ? row : row * k);
            products[tile].run(worker, from, b, to + 4 * row * n);
        });
    }
}
