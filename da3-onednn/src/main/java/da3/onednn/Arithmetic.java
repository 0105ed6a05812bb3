package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

/** FusedLinear of tensors element by element, by channel and by row, in tasks that stay in a core's cache. */
final class Arithmetic {

    /** Values of a task. */
    private static final int VALUES = 1 << 16;

    private final ExecutionContext context;

    Arithmetic(ExecutionContext context) {
        this.context = context;
    }

    /** Of tensors of one shape. */
    OneDnnTensor multiply(OneDnnTensor a, OneDnnTensor b) {
        requireValues(b, a.values(), a);
        OneDnnTensor y = context.memory().tensor(ExecutionContext.finer(a, b), a.shape);
        Tiling tiling = Tiling.atMost(a.values(), VALUES);
        Kernel[] multiply =
                tiling.kernels(n -> context.kernels().binary(dnnl_binary_mul, a.dense(n), b.dense(n), y.dense(n)));
        context.threads().forEach(tiling.parts(), (worker, i) -> {
            long at = tiling.from(i);
            multiply[i].run(worker, a.at(at), b.at(at), y.at(at));
        });
        return y;
    }

    /** (.., c) and (c) -> (.., c). */
    OneDnnTensor multiplyChannels(OneDnnTensor x, OneDnnTensor factors) {
        int c = x.channels();
        requireValues(factors, c, x);
        OneDnnTensor y = context.memory().tensor(x.precision, x.shape);
        Tiling tiling = Tiling.atMost(x.rows(), VALUES / c);
        Kernel[] multiply = tiling.kernels(
                n -> context.kernels().binary(dnnl_binary_mul, x.dense(n, c), factors.dense(1, c), y.dense(n, c)));
        context.threads().forEach(tiling.parts(), (worker, i) -> {
            long at = (long) tiling.from(i) * c;
            multiply[i].run(worker, x.at(at), factors.at(0), y.at(at));
        });
        return y;
    }

    private static void requireValues(OneDnnTensor factors, int wanted, OneDnnTensor x) {
        if (factors.values() != wanted) {
            throw new IllegalArgumentException("factors of " + x + " must have " + wanted + " values, got " + factors);
        }
    }
}
