package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.nn.Activation;
import da3.nn.Precision;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Linear maps of tokens as products of 8-bit integers, with 32-bit sums.
 *
 * <p>Every token has a scale of its own, so that its result does not depend on other tokens: x = s q with integers q
 * between -127 and 127. A tile of tokens is quantized in cache right before its product. Scales, bias, layer scale,
 * residual and activation are fused into the product.
 *
 * <p>Matrices have two more axes of size 1 here: oneDNN has no fast product of integers with a scale per row for
 * matrices, but has one for stacks of stacks of matrices.
 */
final class QuantizedLinear {

    private final ExecutionContext context;

    QuantizedLinear(ExecutionContext context) {
        this.context = context;
    }

    /** Returns the floats of scratch memory for a tile: its integers, and the extrema or scales of its rows. */
    static long scratchFloats(int rows, int in) {
        return integerFloats(rows, in) + 2L * rows;
    }

    private static long integerFloats(int rows, int in) {
        return ((long) rows * in + 63) / 64 * 16;
    }

    /**
     * Computes y = activation(residual + gamma * (x W^T + b)).
     *
     * @param bias may be null, like gamma and residual
     */
    void multiply(
            OneDnnTensor x,
            OneDnnParameter weight,
            OneDnnParameter bias,
            OneDnnParameter gamma,
            OneDnnTensor residual,
            Activation activation,
            OneDnnTensor y) {
        int in = x.channels();
        int out = y.channels();
        QuantizedWeight.Factor w = weight.quantizedMatrix(context);
        long b = bias == null ? 0 : bias.address();
        long g = gamma == null ? 0 : gamma.address();
        Tiling tiling = FusedLinear.tiling(context.threads().workers(), x.rows(), in, out);
        Tile[] tiles = new Tile[tiling.count()];
        for (int i = 0; i < tiles.length; i++) {
            tiles[i] = new Tile(tiling.length(i), x, w.layout(), y, b != 0, g != 0, residual, activation);
        }
        try (var scope = context.memory().scope()) {
            OneDnnTensor scratch = context.scratch(scratchFloats(tiling.tileSize(), in));
            context.threads().forEach(tiling.count(), (worker, i) -> {
                long row = tiling.start(i);
                long integers = ExecutionContext.workerScratch(scratch, worker);
                long scales = tiles[i].quantize(worker, x.at(row * in), integers);
                long r = residual == null ? 0 : residual.at(row * out);
                tiles[i].product.run(worker, integers, w.integers(), 0, y.at(row * out), scales, w.scales(), b, g, r);
            });
        }
    }

    /**
     * Writes a scale and its inverse.
     *
     * @param largest largest magnitude of the values; NaN leads to results that are NaN
     */
    static void writeScale(float largest, FloatBuffer to, int scale, int inverse) {
        to.put(scale, largest / QuantizedWeight.MAX);
        to.put(inverse, largest == 0 ? 0 : QuantizedWeight.MAX / largest);
    }

    /** The primitives for one tile of rows. */
    private final class Tile {
        private final int rows;
        private final int in;
        private final Kernel max;
        private final Kernel min;
        private final Kernel round;
        private final Kernel product;

        Tile(
                int rows,
                OneDnnTensor x,
                Layout weights,
                OneDnnTensor y,
                boolean bias,
                boolean scaled,
                OneDnnTensor residual,
                Activation activation) {
            this.rows = rows;
            this.in = x.channels();
            int out = y.channels();
            Kernels kernels = context.kernels();
            Layout column = Layout.dense(rows, 1);
            this.max = kernels.rowExtremum(dnnl_reduction_max, x.dense(rows, in), column);
            this.min = kernels.rowExtremum(dnnl_reduction_min, x.dense(rows, in), column);
            this.round = kernels.binary(
                    dnnl_binary_mul,
                    x.dense(rows, in),
                    column,
                    Layout.dense(rows, in).withPrecision(Precision.INT8));
            Layout perChannel = Layout.dense(1, 1, 1, out);
            List<PostOp> postOps = new ArrayList<>();
            postOps.add(PostOp.times(Layout.dense(1, 1, rows, 1)));
            postOps.add(PostOp.times(perChannel));
            if (bias) {
                postOps.add(PostOp.plus(perChannel));
            }
            if (scaled) {
                postOps.add(PostOp.times(perChannel));
            }
            if (residual != null) {
                postOps.add(PostOp.plus(residual.dense(1, 1, rows, out)));
            }
            if (activation != Activation.NONE) {
                postOps.add(PostOp.of(activation));
            }
            this.product = kernels.matmul(
                    Layout.dense(1, 1, rows, in).withPrecision(Precision.INT8),
                    weights,
                    null,
                    y.dense(1, 1, rows, out),
                    postOps.toArray(PostOp[]::new));
        }

        /** Writes the integers of a tile, and behind them its scales, whose address is returned. */
        long quantize(int worker, long x, long integers) {
            long scales = integers + 4 * integerFloats(rows, in);
            long inverses = scales + 4L * rows;
            max.run(worker, x, scales);
            min.run(worker, x, inverses);
            FloatBuffer both = NativeAddress.floats(scales, 2 * rows);
            for (int i = 0; i < rows; i++) {
                writeScale(Math.max(both.get(i), -both.get(rows + i)), both, i, rows + i);
            }
            round.run(worker, x, inverses, integers);
            return scales;
        }
    }
}
