package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.nn.Activation;

/** Reductions, functions and norms, in tasks that stay in a core's cache. */
final class Elementwise {

    /** Values of a task. */
    private static final int VALUES = 1 << 16;

    private final ExecutionContext context;

    Elementwise(ExecutionContext context) {
        this.context = context;
    }

    OneDnnTensor activate(OneDnnTensor x, Activation activation) {
        OneDnnTensor y = context.memory().tensor(x.precision, x.shape);
        Tiling tiling = Tiling.atMost(x.values(), VALUES);
        if (activation == Activation.NONE) {
            context.threads()
                    .forEach(
                            tiling.parts(),
                            (worker, i) -> NativeAddress.copy(
                                    x.at(tiling.from(i)), y.at(tiling.from(i)), x.bytes(tiling.length(i))));
            return y;
        }
        PostOp.Function function = (PostOp.Function) PostOp.of(activation);
        Kernel[] kernels = tiling.kernels(n -> context.kernels().function(x.dense(n), function));
        context.threads()
                .forEach(
                        tiling.parts(),
                        (worker, i) -> kernels[i].run(worker, x.at(tiling.from(i)), y.at(tiling.from(i))));
        return y;
    }

    /** x + table for every view: (views, ..) + (..). */
    OneDnnTensor add(OneDnnTensor x, OneDnnTensor table) {
        OneDnnTensor y = context.memory().tensor(ExecutionContext.finer(x, table), x.shape);
        int size = table.values();
        if (x.values() % size != 0) {
            throw new IllegalArgumentException("cannot add " + table + " to " + x + ": " + x.values() + " values and "
                    + size + "; legal: a multiple");
        }
        Tiling tiling = Tiling.atMost(size, VALUES);
        Kernel[] kernels =
                tiling.kernels(n -> context.kernels().binary(dnnl_binary_add, y.dense(n), y.dense(n), y.dense(n)));
        try (var scope = context.memory().scope()) {
            OneDnnTensor a = context.in(y.precision, x);
            OneDnnTensor b = context.in(y.precision, table);
            context.threads().forEach(x.values() / size * tiling.parts(), (worker, task) -> {
                int part = task % tiling.parts();
                long at = (long) task / tiling.parts() * size + tiling.from(part);
                kernels[part].run(worker, a.at(at), b.at(tiling.from(part)), y.at(at));
            });
        }
        return y;
    }

    /** x (views, h, w, c) + u (w, c / 2) in the first half of the channels, + v (h, c / 2) in the second. */
    OneDnnTensor addUv(OneDnnTensor x, OneDnnTensor u, OneDnnTensor v) {
        int h = x.shape[1];
        int w = x.shape[2];
        int c = x.shape[3];
        OneDnnTensor y = context.memory().tensor(x.precision, x.shape);
        try (var scope = context.memory().scope()) {
            // each of them widened by zeros to all channels, which change no bit of a sum
            OneDnnTensor columns = widened(u, 0, c);
            OneDnnTensor rows = widened(v, c / 2, c);
            Kernel kernel = context.kernels()
                    .binary(
                            dnnl_binary_add,
                            x.dense(w, c),
                            columns.dense(w, c),
                            y.dense(w, c),
                            PostOp.plus(rows.dense(1, c)));
            context.threads().forEach(x.shape[0] * h, (worker, i) -> {
                long at = (long) i * w * c;
                kernel.run(worker, x.at(at), columns.at(0), y.at(at), rows.at((long) i % h * c));
            });
        }
        return y;
    }

    /** (n, c / 2) -> (n, c), the rest zero. */
    private OneDnnTensor widened(OneDnnTensor half, int from, int c) {
        float[] values = context.read(half);
        int n = half.shape[0];
        float[] wide = new float[n * c];
        for (int i = 0; i < n; i++) {
            System.arraycopy(values, i * (c / 2), wide, i * c + from, c / 2);
        }
        OneDnnTensor out = context.memory().tensor(n, c);
        NativeAddress.write(wide, out.at(0));
        return out;
    }

    /** silu(first half) * second half of the last axis. */
    OneDnnTensor swiGlu(OneDnnTensor x) {
        int half = x.channels() / 2;
        int[] shape = x.shape.clone();
        shape[shape.length - 1] = half;
        OneDnnTensor y = context.memory().tensor(x.precision, shape);
        Tiling tiling = Tiling.atMost(x.rows(), VALUES / half);
        Kernel[] splitGate = tiling.kernels(n ->
                context.kernels().reorder(Layout.matrix(n, half, 2L * half).in(x.precision), Layout.dense(n, half)));
        Kernel[] split = tiling.kernels(
                n -> context.kernels().reorder(Layout.matrix(n, half, 2L * half).in(x.precision), y.dense(n, half)));
        Kernel[] silu = tiling.kernels(n -> context.kernels()
                .function(Layout.dense((long) n * half), new PostOp.Function(dnnl_eltwise_swish, 1, 0)));
        Kernel[] multiply = tiling.kernels(n -> {
            long values = (long) n * half;
            return context.kernels().binary(dnnl_binary_mul, y.dense(values), Layout.dense(values), y.dense(values));
        });
        try (var scope = context.memory().scope()) {
            OneDnnTensor scratch = context.scratch((long) tiling.step() * half);
            context.threads().forEach(tiling.parts(), (worker, i) -> {
                long from = 2L * half * tiling.from(i);
                long to = y.at((long) half * tiling.from(i));
                long gate = ExecutionContext.own(scratch, worker);
                splitGate[i].run(worker, x.at(from), gate);
                silu[i].run(worker, gate, gate);
                split[i].run(worker, x.at(from + half), to);
                multiply[i].run(worker, to, gate, to);
            });
        }
        return y;
    }

    /** Over the last axis. */
    OneDnnTensor layerNorm(OneDnnTensor x, OneDnnParameter weight, OneDnnParameter bias, double epsilon) {
        int d = x.channels();
        OneDnnTensor y = context.memory().tensor(context.of(x.shape), x.shape);
        long w = weight.plain();
        long b = bias.plain();
        weight.requireValues(d);
        bias.requireValues(d);
        Tiling tiling = Tiling.atMost(x.rows(), VALUES / d);
        Kernel[] kernels = tiling.kernels(n -> context.kernels().norm(x.dense(n, d), y.dense(n, d), epsilon));
        context.threads().forEach(tiling.parts(), (worker, i) -> {
            long at = (long) tiling.from(i) * d;
            kernels[i].run(worker, x.at(at), y.at(at), w, b);
        });
        return y;
    }
}
