package da3.onednn;

import da3.nn.Activation;
import da3.nn.Precision;
import java.util.ArrayList;
import java.util.List;

/** Linear maps: matrix products, with what follows fused into them. */
final class FusedLinear {

    /** Rows of a task, at least: with fewer, reading the weights takes longer than multiplying by them. */
    private static final int FEW = 32;

    /** Rows of a task, at least, where there is work for every worker. */
    private static final int ENOUGH = 128;

    /** Rows of a task, at most. */
    private static final int MANY = 4096;

    /** Multiplications of a task, where its rows allow. */
    private static final long WORK = 1L << 26;

    private final ExecutionContext context;

    FusedLinear(ExecutionContext context) {
        this.context = context;
    }

    /**
     * activation(residual + gamma * (x W^T + b)).
     *
     * @param bias null for none, as are gamma and residual
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
            throw new IllegalArgumentException(weight.name() + " takes " + in + " channels, not those of " + x);
        }
        int[] shape = x.shape.clone();
        shape[shape.length - 1] = out;
        // sums of tokens go on for many blocks, and a linear map of pixels is cheap and may be a network's last
        boolean passing = shape.length == 3 && residual == null;
        OneDnnTensor y = context.memory().tensor(passing ? context.precision() : Precision.FLOAT32, shape);
        multiply(x, weight.matrix(context, context.of(shape)), bias, gamma, residual, activation, y);
        return y;
    }

    /** dy W: (.., out) -> (.., in), the gradient for x. */
    OneDnnTensor gradient(OneDnnTensor dy, OneDnnParameter weight) {
        int out = weight.shape()[0];
        int in = weight.values() / out;
        if (dy.channels() != out) {
            throw new IllegalArgumentException(
                    "the gradient of " + weight.name() + "'s result must have " + out + " channels, got " + dy);
        }
        int[] shape = dy.shape.clone();
        shape[shape.length - 1] = in;
        OneDnnTensor dx = context.memory().tensor(context.of(shape), shape);
        OneDnnParameter.Factor factor = weight.transposedMatrix(context, context.of(shape));
        multiply(dy, factor, null, null, null, Activation.NONE, dx);
        return dx;
    }

    /** y = activation(residual + gamma * (x w + bias)). */
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
        long b = bias == null ? 0 : bias.plain();
        long g = gamma == null ? 0 : gamma.plain();
        // feature maps go view by view: a view's bytes must not depend on how many others there are
        int groups = x.shape.length == 4 ? x.shape[0] : 1;
        int rows = x.rows() / groups;
        Tiling tiling = w.isPacked() ? tasks(context, rows, in, out) : largeTasks(context, rows);
        try (var scope = context.memory().scope()) {
            OneDnnTensor factor = context.in(w.precision(), x);
            Kernel[] products = tiling.kernels(n -> context.kernels()
                    .matmul(
                            factor.dense(n, in),
                            w.layout(),
                            b == 0 ? null : Layout.dense(1, out),
                            y.dense(n, out),
                            after(n, out, g != 0, residual, activation)));
            context.threads().forEach(groups * tiling.parts(), (worker, task) -> {
                int part = task % tiling.parts();
                long row = (long) task / tiling.parts() * rows + tiling.from(part);
                long r = residual == null ? 0 : residual.at(row * out);
                products[part].run(worker, factor.at(row * in), w.address(), b, y.at(row * out), g, r);
            });
        }
    }

    /** Rows of (rows, in) times (in, out), in tasks that keep every worker busy. */
    static Tiling tasks(ExecutionContext context, int rows, int in, int out) {
        int fair = rows / (2 * context.threads().workers());
        int least = Math.max(FEW, Math.min(ENOUGH, fair));
        return Tiling.atMost(rows, Math.max(least, Math.min(MANY, WORK / ((long) in * out))));
    }

    /** Rows in tasks that are few, since each packs a factor of its own. */
    static Tiling largeTasks(ExecutionContext context, int rows) {
        int workers = context.threads().workers();
        return Tiling.atMost(rows, Math.max(FEW, Math.min(MANY, (rows + workers - 1) / workers)));
    }

    private static PostOp[] after(int rows, int out, boolean scaled, OneDnnTensor residual, Activation activation) {
        List<PostOp> after = new ArrayList<>();
        if (scaled) {
            after.add(PostOp.times(Layout.dense(1, out)));
        }
        if (residual != null) {
            after.add(PostOp.plus(residual.dense(rows, out)));
        }
        if (activation != Activation.NONE) {
            after.add(PostOp.of(activation));
        }
        return after.toArray(PostOp[]::new);
    }
}
