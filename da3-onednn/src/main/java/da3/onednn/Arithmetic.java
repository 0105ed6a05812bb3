package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.geometry.check.Check;

/** Elementwise and per-channel products, in tiles that fit in a core's cache. */
final class Arithmetic {

    private final ExecutionContext context;

    Arithmetic(ExecutionContext context) {
        this.context = context;
    }

    /** Multiplies two tensors of the same shape element by element. */
    OneDnnTensor multiply(OneDnnTensor a, OneDnnTensor b) {
        requireCount(b, a.values(), a);
        OneDnnTensor y = context.memory().tensor(ExecutionContext.commonPrecision(a, b), a.shape);
        Tiling tiling = Elementwise.tiling(a.values());
        Kernel[] multiply =
                tiling.kernels(n -> context.kernels().binary(dnnl_binary_mul, a.dense(n), b.dense(n), y.dense(n)));
        context.threads().forEach(tiling.count(), (worker, i) -> {
            long offset = tiling.start(i);
            multiply[i].run(worker, a.at(offset), b.at(offset), y.at(offset));
        });
        return y;
    }

    /** Multiplies every channel by its factor: (.., c) and (c) -> (.., c). */
    OneDnnTensor multiplyChannels(OneDnnTensor x, OneDnnTensor factors) {
        int c = x.channels();
        requireCount(factors, c, x);
        OneDnnTensor y = context.memory().tensor(x.precision, x.shape);
        Tiling tiling = Elementwise.rowTiling(x.rows(), c);
        Kernel[] multiply = tiling.kernels(
                n -> context.kernels().binary(dnnl_binary_mul, x.dense(n, c), factors.dense(1, c), y.dense(n, c)));
        context.threads().forEach(tiling.count(), (worker, i) -> {
            long offset = (long) tiling.start(i) * c;
            multiply[i].run(worker, x.at(offset), factors.at(0), y.at(offset));
        });
        return y;
    }

    private static void requireCount(OneDnnTensor factors, int count, OneDnnTensor x) {
        if (factors.values() != count) {
            throw Check.invalid("factors of " + x, count + " values", factors);
        }
    }
}
