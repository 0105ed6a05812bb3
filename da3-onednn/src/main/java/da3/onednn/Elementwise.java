package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.nn.Activation;

/** Elementwise functions, sums and layer norms, in tiles that fit in a core's cache. */
final class Elementwise {

    private static final int MAX_TILE_VALUES = 1 << 16;

    private final ExecutionContext context;

    Elementwise(ExecutionContext context) {
        this.context = context;
    }

    /** Returns tiles of a number of values. */
    static Tiling tiling(int values) {
        return Tiling.inFours(values, MAX_TILE_VALUES);
    }

    /** Returns tiles of the rows of a matrix. */
    static Tiling rowTiling(int rows, int columns) {
        return Tiling.inFours(rows, MAX_TILE_VALUES / columns);
    }

    OneDnnTensor activate(OneDnnTensor x, Activation activation) {
        OneDnnTensor y = context.memory().tensor(x.precision, x.shape);
        Tiling tiling = tiling(x.values());
        if (activation == Activation.NONE) {
            context.threads()
                    .forEach(
                            tiling.count(),
                            (worker, i) -> NativeAddress.copy(
                                    x.at(tiling.start(i)), y.at(tiling.start(i)), x.bytes(tiling.length(i))));
            return y;
        }
        PostOp.Function function = (PostOp.Function) PostOp.of(activation);
        Kernel[] kernels = tiling.kernels(n -> context.kernels().function(x.dense(n), function));
        context.threads()
                .forEach(
                        tiling.count(),
                        (worker, i) -> kernels[i].run(worker, x.at(tiling.start(i)), y.at(tiling.start(i))));
        return y;
    }

    /** Adds a table to every view: (views, ..) + (..). */
    OneDnnTensor add(OneDnnTensor x, OneDnnTensor table) {
        OneDnnTensor y = context.memory().tensor(ExecutionContext.commonPrecision(x, table), x.shape);
        int size = table.values();
        if (x.values() % size != 0) {
            throw new IllegalArgumentException(
                    "cannot add " + table + " to " + x + ": " + x.values() + " values are not a multiple of " + size);
        }
        Tiling tiling = tiling(size);
        Kernel[] kernels =
                tiling.kernels(n -> context.kernels().binary(dnnl_binary_add, y.dense(n), y.dense(n), y.dense(n)));
        try (var scope = context.memory().scope()) {
            OneDnnTensor a = context.cast(y.precision, x);
            OneDnnTensor b = context.cast(y.precision, table);
            context.threads().forEach(x.values() / size * tiling.count(), (worker, task) -> {
                int tile = task % tiling.count();
                long offset = (long) task / tiling.count() * size + tiling.start(tile);
                kernels[tile].run(worker, a.at(offset), b.at(tiling.start(tile)), y.at(offset));
            });
        }
        return y;
    }

    /** Adds u (w, c / 2) to the first half of the channels of x (views, h, w, c) and v (h, c / 2) to the second, in place. */
    OneDnnTensor addUv(OneDnnTensor x, OneDnnTensor u, OneDnnTensor v) {
        int h = x.shape[1];
        int w = x.shape[2];
        int c = x.shape[3];
        OneDnnTensor y = context.memory().alias(x, x.shape);
        try (var scope = context.memory().scope()) {
            // both padded to all channels with zeros, which do not change a sum
            OneDnnTensor columns = padded(u, 0, c);
            OneDnnTensor rows = padded(v, c / 2, c);
            Kernel kernel = context.kernels()
                    .binary(
                            dnnl_binary_add,
                            x.dense(w, c),
                            columns.dense(w, c),
                            y.dense(w, c),
                            PostOp.plus(rows.dense(1, c)));
            context.threads().forEach(x.shape[0] * h, (worker, i) -> {
                long offset = (long) i * w * c;
                kernel.run(worker, x.at(offset), columns.at(0), y.at(offset), rows.at((long) i % h * c));
            });
        }
        return y;
    }

    /** Pads with zeros: (n, c / 2) -> (n, c), the values beginning at channel {@code from}. */
    private OneDnnTensor padded(OneDnnTensor half, int from, int c) {
        float[] values = context.read(half);
        int n = half.shape[0];
        float[] all = new float[n * c];
        for (int i = 0; i < n; i++) {
            System.arraycopy(values, i * (c / 2), all, i * c + from, c / 2);
        }
        OneDnnTensor out = context.memory().tensor(n, c);
        NativeAddress.write(all, out.at(0));
        return out;
    }

    /** Computes silu(first half) * second half of the last axis. */
    OneDnnTensor swiGlu(OneDnnTensor x) {
        int half = x.channels() / 2;
        int[] shape = x.shape.clone();
        shape[shape.length - 1] = half;
        OneDnnTensor y = context.memory().tensor(x.precision, shape);
        Tiling tiling = rowTiling(x.rows(), half);
        Kernel[] splitGate = tiling.kernels(n -> context.kernels()
                .reorder(Layout.matrix(n, half, 2L * half).withPrecision(x.precision), Layout.dense(n, half)));
        Kernel[] split = tiling.kernels(n -> context.kernels()
                .reorder(Layout.matrix(n, half, 2L * half).withPrecision(x.precision), y.dense(n, half)));
        Kernel[] silu = tiling.kernels(n -> context.kernels()
                .function(Layout.dense((long) n * half), new PostOp.Function(dnnl_eltwise_swish, 1, 0)));
        Kernel[] multiply = tiling.kernels(n -> {
            long values = (long) n * half;
            return context.kernels().binary(dnnl_binary_mul, y.dense(values), Layout.dense(values), y.dense(values));
        });
        try (var scope = context.memory().scope()) {
            OneDnnTensor scratch = context.scratch((long) tiling.tileSize() * half);
            context.threads().forEach(tiling.count(), (worker, i) -> {
                long from = 2L * half * tiling.start(i);
                long to = y.at((long) half * tiling.start(i));
                long gate = ExecutionContext.workerScratch(scratch, worker);
                splitGate[i].run(worker, x.at(from), gate);
                silu[i].run(worker, gate, gate);
                split[i].run(worker, x.at(from + half), to);
                multiply[i].run(worker, to, gate, to);
            });
        }
        return y;
    }

    /** Applies a layer norm over the last axis. */
    OneDnnTensor layerNorm(OneDnnTensor x, OneDnnParameter weight, OneDnnParameter bias, double epsilon) {
        int d = x.channels();
        OneDnnTensor y = context.memory().tensor(context.resultPrecision(x.shape), x.shape);
        long w = weight.address();
        long b = bias.address();
        weight.requireCount(d);
        bias.requireCount(d);
        Tiling tiling = rowTiling(x.rows(), d);
        Kernel[] kernels = tiling.kernels(n -> context.kernels().norm(x.dense(n, d), y.dense(n, d), epsilon));
        context.threads().forEach(tiling.count(), (worker, i) -> {
            long offset = (long) tiling.start(i) * d;
            kernels[i].run(worker, x.at(offset), y.at(offset), w, b);
        });
        return y;
    }
}
