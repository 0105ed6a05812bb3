package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.geometry.check.Check;
import da3.nn.Precision;
import da3.nn.autograd.DifferentiableEngine.LayerScaleGradients;
import java.util.Arrays;

/** Layer scale, residual + gamma * x, and its gradients, in tiles of rows that fit in a core's cache. */
final class LayerScale {

    private final ExecutionContext context;

    LayerScale(ExecutionContext context) {
        this.context = context;
    }

    /** The product is rounded to the precision of x, since oneDNN has no fast one that turns bfloat16 into float32. */
    OneDnnTensor apply(OneDnnTensor x, OneDnnParameter gamma, OneDnnTensor residual) {
        int c = x.channels();
        gamma.requireCount(c);
        requireSameShape("residual", residual, x);
        OneDnnTensor y = context.memory().tensor(ExecutionContext.commonPrecision(x, residual), residual.shape);
        long factors = gamma.address();
        Tiling tiling = Elementwise.rowTiling(x.rows(), c);
        Kernel[] scale = tiling.kernels(
                n -> context.kernels().binary(dnnl_binary_mul, x.dense(n, c), Layout.dense(1, c), x.dense(n, c)));
        Kernel[] add = tiling.kernels(
                n -> context.kernels().binary(dnnl_binary_add, residual.dense(n, c), x.dense(n, c), y.dense(n, c)));
        try (var scope = context.memory().scope()) {
            OneDnnTensor scratch = context.scratch((long) tiling.tileSize() * c);
            context.threads().forEach(tiling.count(), (worker, i) -> {
                long offset = (long) tiling.start(i) * c;
                long scaled = ExecutionContext.workerScratch(scratch, worker);
                scale[i].run(worker, x.at(offset), factors, scaled);
                add[i].run(worker, residual.at(offset), scaled, y.at(offset));
            });
        }
        return y;
    }

    /** Returns dy * gamma for x, and dy * x summed over all rows for gamma. */
    LayerScaleGradients backward(OneDnnTensor dy, OneDnnTensor x, OneDnnParameter gamma) {
        int c = x.channels();
        gamma.requireCount(c);
        requireSameShape("output gradient", dy, x);
        OneDnnTensor dx = context.memory().tensor(dy.precision, x.shape);
        OneDnnTensor dGamma = context.memory().tensor(c);
        long factors = gamma.address();
        Tiling tiling = Elementwise.rowTiling(x.rows(), c);
        Kernel[] scale = tiling.kernels(
                n -> context.kernels().binary(dnnl_binary_mul, dy.dense(n, c), Layout.dense(1, c), dx.dense(n, c)));
        Kernel[] multiply = tiling.kernels(
                n -> context.kernels().binary(dnnl_binary_mul, dy.dense(n, c), x.dense(n, c), Layout.dense(n, c)));
        try (var scope = context.memory().scope()) {
            RowSums sums = new RowSums(context, Precision.FLOAT32, tiling, dGamma);
            OneDnnTensor scratch = context.scratch((long) tiling.tileSize() * c);
            context.threads().forEach(tiling.count(), (worker, i) -> {
                long offset = (long) tiling.start(i) * c;
                long products = ExecutionContext.workerScratch(scratch, worker);
                scale[i].run(worker, dy.at(offset), factors, dx.at(offset));
                multiply[i].run(worker, dy.at(offset), x.at(offset), products);
                sums.run(worker, i, products);
            });
            sums.finish();
        }
        return new LayerScaleGradients(dx, dGamma);
    }

    private static void requireSameShape(String name, OneDnnTensor other, OneDnnTensor x) {
        if (!Arrays.equals(other.shape, x.shape)) {
            throw Check.invalid(name, "of shape " + Arrays.toString(x.shape), other);
        }
    }
}
