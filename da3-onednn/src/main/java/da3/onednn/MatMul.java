package da3.onednn;

import da3.nn.Precision;

/** FusedLinear of two matrices, neither of which is a weight. */
final class MatMul {

    /** Values of a product whose terms are split among tasks, at most: each task has a sum of its own. */
    private static final int SMALL = 1 << 16;

    /** Terms of a task, at least, where terms are split. */
    private static final int TERMS = 512;

    /** Tasks among which terms are split, at most. */
    private static final int PARTS = 16;

    private final ExecutionContext context;

    MatMul(ExecutionContext context) {
        this.context = context;
    }

    /** (m, k) times (k, n) -> (m, n) in float32, each factor stored the other way around if it is transposed. */
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
            OneDnnTensor left = context.in(Precision.FLOAT32, a);
            OneDnnTensor right = context.in(Precision.FLOAT32, b);
            Layout rows = transposeB ? Layout.strided(new long[] {k, n}, 1, k) : Layout.dense(k, n);
            multiply(left.at(0), m, transposeA, right.at(0), rows, k, n, Precision.FLOAT32, y.at(0));
        }
        return y;
    }

    /** dy^T x, summed over all rows: the gradient of a linear map for its weight, of the weight's shape. */
    OneDnnTensor weightGradient(OneDnnTensor dy, OneDnnTensor x, OneDnnParameter weight) {
        weight.requireValues(Math.multiplyExact(dy.channels(), x.channels()));
        OneDnnTensor gradient = context.memory().tensor(weight.shape());
        try (var scope = context.memory().scope()) {
            Precision precision = context.of(x.shape);
            multiplyRows(context.in(precision, dy), context.in(precision, x), gradient.at(0));
        }
        return gradient;
    }

    /**
     * a^T b in float32, the sum over all rows of a row of a times a row of b: (.., m) and (.., n) -> (m, n).
     *
     * @param a in the precision of b
     * @param to where the product is written
     */
    void multiplyRows(OneDnnTensor a, OneDnnTensor b, long to) {
        int rows = a.rows();
        int m = a.channels();
        int n = b.channels();
        if (b.rows() != rows || a.precision != b.precision) {
            throw new IllegalArgumentException("rows and precision must be equal, got " + a + " and " + b);
        }
        try (var scope = context.memory().scope()) {
            if (m * (long) n <= SMALL && rows >= 2 * TERMS) {
                splitTerms(a, b, to);
            } else {
                multiply(a.at(0), m, true, b.at(0), b.dense(rows, n), rows, n, a.precision, to);
            }
        }
    }

    private void splitTerms(OneDnnTensor a, OneDnnTensor b, long to) {
        int m = a.channels();
        int n = b.channels();
        Tiling tiling = Tiling.atMost(a.rows(), Math.max(TERMS, (a.rows() + PARTS - 1) / PARTS));
        Kernel[] products = tiling.kernels(r -> context.kernels()
                .matmul(
                        Layout.strided(new long[] {m, r}, 1, m).in(a.precision),
                        b.dense(r, n),
                        null,
                        Layout.dense(m, n)));
        OneDnnTensor sums = context.memory().tensor(tiling.parts(), m * n);
        context.threads().forEach(tiling.parts(), (worker, part) -> {
            long row = tiling.from(part);
            products[part].run(worker, a.at(row * m), b.at(row * n), sums.at((long) part * m * n));
        });
        new Reductions(context).ofParts(sums, to);
    }

    private void multiply(
            long a, int m, boolean transposeA, long b, Layout right, int k, int n, Precision precision, long to) {
        Tiling tiling = FusedLinear.largeTasks(context, m);
        Kernel[] products = tiling.kernels(rows -> context.kernels()
                .matmul(
                        (transposeA ? Layout.strided(new long[] {rows, k}, 1, m) : Layout.dense(rows, k)).in(precision),
                        right,
                        null,
                        Layout.dense(rows, n)));
        context.threads().forEach(tiling.parts(), (worker, part) -> {
            long row = tiling.from(part);
            long from = a + precision.bytes() * (transposeA ? row : row * k);
            products[part].run(worker, from, b, to + 4 * row * n);
        });
    }
}
