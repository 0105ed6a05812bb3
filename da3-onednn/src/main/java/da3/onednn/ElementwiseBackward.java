package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.nn.Activation;
import da3.nn.Precision;

/** Gradients of functions of one value, in tasks that stay in a core's cache. */
final class ElementwiseBackward {

    /** Values of a task. */
    private static final int VALUES = 1 << 16;

    private static final PostOp.Function SWISH = new PostOp.Function(dnnl_eltwise_swish, 1, 0);

    private final ExecutionContext context;

    ElementwiseBackward(ExecutionContext context) {
        this.context = context;
    }

    /**
     * dy times the activation's derivative.
     *
     * @param x what went in; read for {@code GELU}
     * @param y what came out; read for {@code RELU} and {@code EXP}
     */
    OneDnnTensor activation(OneDnnTensor dy, OneDnnTensor x, OneDnnTensor y, Activation activation) {
        return switch (activation) {
            case NONE -> new Elementwise(context).activate(dy, Activation.NONE);
            case EXP -> context.in(dy.precision, new Arithmetic(context).multiply(dy, y));
            case GELU -> function(dy, x, activation);
            case RELU -> function(dy, y, activation); // which is above zero where x is
        };
    }

    private OneDnnTensor function(OneDnnTensor dy, OneDnnTensor of, Activation activation) {
        OneDnnTensor dx = context.memory().tensor(dy.precision, dy.shape);
        PostOp.Function function = (PostOp.Function) PostOp.of(activation);
        Tiling tiling = Tiling.atMost(dy.values(), VALUES);
        Kernel[] backward = tiling.kernels(n -> context.kernels().backward().function(dy.dense(n), function));
        try (var scope = context.memory().scope()) {
            OneDnnTensor source = context.in(dy.precision, of);
            context.threads().forEach(tiling.parts(), (worker, i) -> {
                long at = tiling.from(i);
                backward[i].run(worker, source.at(at), dy.at(at), dx.at(at));
            });
        }
        return dx;
    }

    /** dy (.., c) and x (.., 2 c), of which the first half is the gate -> (.., 2 c). */
    OneDnnTensor swiGlu(OneDnnTensor dy, OneDnnTensor x) {
        int half = dy.channels();
        OneDnnTensor dx = context.memory().tensor(x.precision, x.shape);
        Tiling tiling = Tiling.atMost(dy.rows(), VALUES / half);
        Step[] steps = new Step[tiling.parts()];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = new Step(tiling.length(i), half, x.precision);
        }
        try (var scope = context.memory().scope()) {
            OneDnnTensor gradient = context.in(Precision.FLOAT32, dy);
            OneDnnTensor scratch = context.scratch(3L * tiling.step() * half);
            context.threads().forEach(tiling.parts(), (worker, i) -> {
                long from = 2L * half * tiling.from(i);
                steps[i].run(
                        worker,
                        gradient.at((long) half * tiling.from(i)),
                        new Halves(x.at(from), x.at(from + half)),
                        new Halves(dx.at(from), dx.at(from + half)),
                        ExecutionContext.own(scratch, worker));
            });
        }
        return dx;
    }

    /** Where the gates and what they multiply begin. */
    private record Halves(long gate, long value) {}

    /** Primitives for so many rows: y = silu(gate) value. */
    private final class Step {
        private final long bytes;
        private final Kernel split;
        private final Kernel join;
        private final Kernel silu;
        private final Kernel siluBackward;
        private final Kernel multiply;

        Step(int rows, int half, Precision precision) {
            Kernels kernels = context.kernels();
            Layout strided = Layout.matrix(rows, half, 2L * half).in(precision);
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
