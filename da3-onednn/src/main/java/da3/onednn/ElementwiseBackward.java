package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.nn.Activation;
import da3.nn.Precision;

/** Gradients of elementwise functions, in tiles that fit in a core's cache. */
final class ElementwiseBackward {

    private static final PostOp.Function SWISH = new PostOp.Function(dnnl_eltwise_swish, 1, 0);

    private final ExecutionContext context;

    ElementwiseBackward(ExecutionContext context) {
        this.context = context;
    }

    /**
     * Returns dy times the derivative of the activation.
     *
     * @param x input of the activation; only read for {@code GELU}
     * @param y result of the activation; only read for {@code RELU} and {@code EXP}
     */
    OneDnnTensor activation(OneDnnTensor dy, OneDnnTensor x, OneDnnTensor y, Activation activation) {
        return switch (activation) {
            case NONE -> new Elementwise(context).activate(dy, Activation.NONE);
            case EXP -> context.cast(dy.precision, new Arithmetic(context).multiply(dy, y));
            case GELU -> function(dy, x, activation);
            case RELU -> function(dy, y, activation); // y is positive exactly where x is
        };
    }

    private OneDnnTensor function(OneDnnTensor dy, OneDnnTensor argument, Activation activation) {
        OneDnnTensor dx = context.memory().tensor(dy.precision, dy.shape);
        PostOp.Function function = (PostOp.Function) PostOp.of(activation);
        Tiling tiling = Elementwise.tiling(dy.values());
        Kernel[] backward = tiling.kernels(n -> context.kernels().backward().function(dy.dense(n), function));
        try (var scope = context.memory().scope()) {
            OneDnnTensor source = context.cast(dy.precision, argument);
            context.threads().forEach(tiling.count(), (worker, i) -> {
                long offset = tiling.start(i);
                backward[i].run(worker, source.at(offset), dy.at(offset), dx.at(offset));
            });
        }
        return dx;
    }

    /** dy (.., c) and x (.., 2 c), whose first half is the gate -> (.., 2 c). */
    OneDnnTensor swiGlu(OneDnnTensor dy, OneDnnTensor x) {
        int half = dy.channels();
        OneDnnTensor dx = context.memory().tensor(x.precision, x.shape);
        Tiling tiling = Elementwise.rowTiling(dy.rows(), half);
        Step[] steps = new Step[tiling.count()];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = new Step(tiling.length(i), half, x.precision);
        }
        try (var scope = context.memory().scope()) {
            OneDnnTensor gradient = context.cast(Precision.FLOAT32, dy);
            OneDnnTensor scratch = context.scratch(3L * tiling.tileSize() * half);
            context.threads().forEach(tiling.count(), (worker, i) -> {
                long from = 2L * half * tiling.start(i);
                steps[i].run(
                        worker,
                        gradient.at((long) half * tiling.start(i)),
                        new Halves(x.at(from), x.at(from + half)),
                        new Halves(dx.at(from), dx.at(from + half)),
                        ExecutionContext.workerScratch(scratch, worker));
            });
        }
        return dx;
    }

    /** Addresses of the gates and of the values that they multiply. */
    private record Halves(long gate, long value) {}

    /** The primitives for one tile of rows; forward y = silu(gate) value. */
    private final class Step {
        private final long bytes;
        private final Kernel split;
        private final Kernel join;
        private final Kernel silu;
        private final Kernel siluBackward;
        private final Kernel multiply;

        Step(int rows, int half, Precision precision) {
            Kernels kernels = context.kernels();
            Layout strided = Layout.matrix(rows, half, 2L * half).withPrecision(precision);
            Layout dense = Layout.dense(rows, half);
            Layout values = Layout.dense((long) rows * half);
            this.bytes = 4L * rows * half;
            this.split = kernels.reorder(strided, dense);
            this.join = kernels.reorder(dense, strided);
            this.silu = kernels.function(values, SWISH);
            this.siluBackward = kernels.backward().function(values, SWISH);
            this.multiply = kernels.binary(dnnl_binary_mul, values, values, values);
        }

        void run(int worker, long dy, Halves x, Halves dx, long scratch) {
            long gate = scratch;
            long value = scratch + bytes;
            long result = scratch + 2 * bytes;
            split.run(worker, x.gate, gate);
            split.run(worker, x.value, value);
            silu.run(worker, gate, result);
            multiply.run(worker, result, dy, result);
            join.run(worker, result, dx.value);
            multiply.run(worker, value, dy, value);
            siluBackward.run(worker, gate, value, result);
            join.run(worker, result, dx.gate);
        }
    }
}
