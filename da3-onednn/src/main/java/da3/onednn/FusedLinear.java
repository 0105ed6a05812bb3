package da3.onednn;

import da3.geometry.check.Check;
import da3.nn.Activation;
import da3.nn.Precision;
import java.util.ArrayList;
import java.util.List;

/** Linear maps, with bias, scale, residual and activation fused into the matrix product. */
final class FusedLinear {

    /** With fewer rows, reading the weights takes longer than multiplying by them. */
    private static final int MIN_TILE_ROWS = 32;

    /** Minimum where there is work for every worker. */
    private static final int MIN_PREFERRED_TILE_ROWS = 128;

    private static final int MAX_TILE_ROWS = 4096;

    private static final long MAX_TILE_MULTIPLICATIONS = 1L << 26;

    private final ExecutionContext context;
    private final QuantizedLinear quantized;

    FusedLinear(ExecutionContext context) {
        this.context = context;
        this.quantized = new QuantizedLinear(context);
    }

    /**
     * Computes activation(residual + gamma * (x W^T + b)).
     *
     * @param bias may be null, like gamma and residual
     */
    OneDnnTensor linear(
            OneDnnTensor x,
            OneDnnParameter weight,
            OneDnnParameter bias,
            OneDnnParameter gamma,
            OneDnnTensor residual,
            Activation activation) {
        int out = weight.shape()[0];
        int in = weight.values() / out;
        if (x.channels() != in) {
            throw Check.invalid("input of " + weight.name(), in + " channels", x);
        }
        int[] shape = x.shape.clone();
        shape[shape.length - 1] = out;
        // residual sums run through many blocks, and the linear map of a feature map may be the last of a network
        boolean intermediate = shape.length == 3 && residual == null;
        OneDnnTensor y = context.memory().tensor(intermediate ? context.precision() : Precision.FLOAT32, shape);
        if (context.isQuantized() && QuantizedLinear.accepts(shape, weight)) {
            quantized.multiply(x, weight, bias, gamma, residual, activation, y);
        } else {
            multiply(x, weight.matrix(context, context.resultPrecision(shape)), bias, gamma, residual, activation, y);
        }
        return y;
    }

    /** Returns dy W, the gradient for x: (.., out) -> (.., in). */
    OneDnnTensor inputGradient(OneDnnTensor dy, OneDnnParameter weight) {
        int out = weight.shape()[0];
        int in = weight.values() / out;
        if (dy.channels() != out) {
            throw Check.invalid("output gradient of " + weight.name(), out + " channels", dy);
        }
        int[] shape = dy.shape.clone();
        shape[shape.length - 1] = in;
        OneDnnTensor dx = context.memory().tensor(context.resultPrecision(shape), shape);
        OneDnnParameter.Factor factor = weight.transposedMatrix(context, context.resultPrecision(shape));
        multiply(dy, factor, null, null, null, Activation.NONE, dx);
        return dx;
    }

    /** Computes y = activation(residual + gamma * (x w + bias)). */
    void multiply(
            OneDnnTensor x,
            OneDnnParameter.Factor w,
            OneDnnParameter bias,
            OneDnnParameter gamma,
            OneDnnTensor residual,
            Activation activation,
            OneDnnTensor y) {
        int in = x.channels();
        int out = y.channels();
        long b = bias == null ? 0 : bias.address();
        long g = gamma == null ? 0 : gamma.address();
        // feature maps are processed per view, so that a result does not depend on the number of views
        int groups = x.shape.length == 4 ? x.shape[0] : 1;
        int rows = x.rows() / groups;
        Tiling tiling = w.isPacked() ? tiling(context.threads().workers(), rows, in, out) : coarseTiling(context, rows);
        try (var scope = context.memory().scope()) {
            OneDnnTensor factor = context.cast(w.precision(), x);
            Kernel[] products = tiling.kernels(n -> context.kernels()
                    .matmul(
                            factor.dense(n, in),
                            w.layout(),
                            b == 0 ? null : Layout.dense(1, out),
                            y.dense(n, out),
                            postOps(n, out, g != 0, residual, activation)));
            context.threads().forEach(groups * tiling.count(), (worker, task) -> {
                int tile = task % tiling.count();
                long row = (long) task / tiling.count() * rows + tiling.start(tile);
                long r = residual == null ? 0 : residual.at(row * out);
                products[tile].run(worker, factor.at(row * in), w.address(), b, y.at(row * out), g, r);
            });
        }
    }

    /** Returns tiles of the rows of a product (rows, in) times (in, out) that keep every worker busy. */
    static Tiling tiling(int workers, int rows, int in, int out) {
        long most = Math.min(MAX_TILE_ROWS, MAX_TILE_MULTIPLICATIONS / ((long) in * out));
        int fairShare = rows / (2 * workers);
        long preferred = Math.max(Math.min(MIN_PREFERRED_TILE_ROWS, fairShare), most);
        return Tiling.balanced(rows, preferred, MIN_TILE_ROWS, workers);
    }

    /** Returns few, large tiles, since each of them packs the right factor again. */
    static Tiling coarseTiling(ExecutionContext context, int rows) {
        return Tiling.balanced(
                rows, MAX_TILE_ROWS, MIN_TILE_ROWS, context.threads().workers());
    }

    private static PostOp[] postOps(int rows, int out, boolean scaled, OneDnnTensor residual, Activation activation) {
        List<PostOp> postOps = new ArrayList<>();
        if (scaled) {
            postOps.add(PostOp.times(Layout.dense(1, out)));
        }
        if (residual != null) {
            postOps.add(PostOp.plus(residual.dense(rows, out)));
        }
        if (activation != Activation.NONE) {
            postOps.add(PostOp.of(activation));
        }
        return postOps.toArray(PostOp[]::new);
    }
}
