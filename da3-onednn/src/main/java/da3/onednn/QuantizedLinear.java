package da3.onednn;

import da3.nn.Activation;
import da3.nn.Parameter;
import da3.nn.Precision;
import java.util.ArrayList;
import java.util.List;

/**
 * Linear maps of tokens as products of 8-bit integers, with 32-bit sums.
 *
 * <p>Every token has a scale of its own, so that its result does not depend on other tokens. A tile of tokens is
 * quantized right before its product. Scales, bias, layer scale, residual and activation are fused into the product.
 *
 * <p>Matrices have two more axes of size 1 here: oneDNN has no fast product of integers with a scale per row for
 * matrices, but has one for stacks of stacks of matrices.
 */
final class QuantizedLinear {

    /** On processors with AMX, oneDNN computes wrong sums of products with other numbers of terms. */
    private static final int MULTIPLE_OF_INPUTS = 64;

    /**
     * With AMX and fewer inputs, a product in bfloat16 takes less time, since rounding and scaling take longer than the
     * product of integers saves. With more inputs, both take about the same time, but integers need half the memory.
     */
    private static final int MIN_INPUTS_WITH_AMX = 768;

    private final ExecutionContext context;

    QuantizedLinear(ExecutionContext context) {
        this.context = context;
    }

    /** Returns whether a linear map can be quantized: one of tokens, (views, tokens, channels), by a suitable matrix. */
    static boolean accepts(int[] shape, Parameter weight) {
        return shape.length == 3 && accepts(weight);
    }

    /**
     * Returns whether a weight is a matrix whose number of inputs is a multiple of {@value #MULTIPLE_OF_INPUTS}, as in all
     * networks of the paper; with AMX, it must be at least {@value #MIN_INPUTS_WITH_AMX}.
     */
    static boolean accepts(Parameter weight) {
        if (weight.shape().length != 2) {
            return false;
        }
        int inputs = weight.shape()[1];
        return inputs % MULTIPLE_OF_INPUTS == 0 && (inputs >= MIN_INPUTS_WITH_AMX || !Library.hasAmx());
    }

    /** Returns the floats of scratch memory for a tile: its integers, and the extrema or scales of its rows. */
    static long scratchFloats(int rows, int in) {
        return integerFloats(rows, in) + 2L * rows;
    }

    private static long integerFloats(int rows, int in) {
        return AlignedBuffer.wholeLines(((long) rows * in + 3) / 4);
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
        RowQuantizer[] quantizers = new RowQuantizer[tiling.count()];
        for (int i = 0; i < quantizers.length; i++) {
            quantizers[i] = new RowQuantizer(context.kernels(), x, tiling.length(i));
        }
        Kernel[] products =
                tiling.kernels(rows -> product(rows, in, w.layout(), y, b != 0, g != 0, residual, activation));
        try (var scope = context.memory().scope()) {
            OneDnnTensor scratch = context.scratch(scratchFloats(tiling.tileSize(), in));
            context.threads().forEach(tiling.count(), (worker, i) -> {
                long row = tiling.start(i);
                long integers = ExecutionContext.workerScratch(scratch, worker);
                long scales = integers + 4 * integerFloats(tiling.length(i), in);
                quantizers[i].run(worker, x.at(row * in), integers, scales);
                long r = residual == null ? 0 : residual.at(row * out);
                products[i].run(worker, integers, w.integers(), 0, y.at(row * out), scales, w.scales(), b, g, r);
            });
        }
    }

    /** The product of {@code rows} tokens, with everything that is fused into it. */
    private Kernel product(
            int rows,
            int in,
            Layout weights,
            OneDnnTensor y,
            boolean bias,
            boolean scaled,
            OneDnnTensor residual,
            Activation activation) {
        int out = y.channels();
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
        Layout added = residual == null ? null : residual.dense(1, 1, rows, out);
        postOps.addAll(List.of(PostOp.finishing(added, activation)));
        return context.kernels()
                .matmul(
                        Layout.dense(1, 1, rows, in).withPrecision(Precision.INT8),
                        weights,
                        null,
                        y.dense(1, 1, rows, out),
                        postOps.toArray(PostOp[]::new));
    }
}
