package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.nn.Activation;
import da3.nn.Precision;

/** Gradients of functions of one value, in tasks that stay in a core's cache. */
final class ElementwiseBackward {

    /** Values of a task. */
    private static final int VALUES = 1 << 16;

    private static final PostOp.Function SWISH = new PostOp.Function(dnnl_eltwise_swish, 1, 0);

    private final Machine machine;

    ElementwiseBackward(Machine machine) {
        this.machine = machine;
    }

    /**
     * dy times the activation's derivative.
     *
     * @param x what went in; read for {@code GELU}
     * @param y what came out; read for {@code RELU} and {@code EXP}
     */
    OneDnnTensor activation(OneDnnTensor dy, OneDnnTensor x, OneDnnTensor y, Activation activation) {
        return switch (activation) {
            case NONE -> new Elementwise(machine).activate(dy, Activation.NONE);
            case EXP -> machine.in(dy.precision, new Arithmetic(machine).multiply(dy, y));
            case GELU -> function(dy, x, activation);
            case RELU -> function(dy, y, activation); // which is above zero where x is
        };
    }

    private OneDnnTensor function(OneDnnTensor dy, OneDnnTensor of, Activation activation) {
        OneDnnTensor dx = machine.memory().tensor(dy.precision, dy.shape);
        PostOp.Function function = (PostOp.Function) PostOp.of(activation);
        Cut cut = Cut.atMost(dy.values(), VALUES);
        Kernel[] backward = cut.kernels(n -> machine.kernels().backward().function(dy.dense(n), function));
        try (var scope = machine.memory().scope()) {
            OneDnnTensor source = machine.in(dy.precision, of);
            machine.crew().forEach(cut.parts(), (lane, i) -> {
                long at = cut.from(i);
                backward[i].run(lane, source.at(at), dy.at(at), dx.at(at));
            });
        }
        return dx;
    }

    /** dy (.., c) and x (.., 2 c), of which the first half is the gate -> (.., 2 c). */
    OneDnnTensor swiGlu(OneDnnTensor dy, OneDnnTensor x) {
        int half = dy.channels();
        OneDnnTensor dx = machine.memory().tensor(x.precision, x.shape);
        Cut cut = Cut.atMost(dy.rows(), VALUES / half);
        Step[] steps = new Step[cut.parts()];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = new Step(cut.length(i), half, x.precision);
        }
        try (var scope = machine.memory().scope()) {
            OneDnnTensor gradient = machine.in(Precision.FLOAT32, dy);
            OneDnnTensor scratch = machine.scratch(3L * cut.step() * half);
            machine.crew().forEach(cut.parts(), (lane, i) -> {
                long from = 2L * half * cut.from(i);
                steps[i].run(
                        lane,
                        gradient.at((long) half * cut.from(i)),
                        new Halves(x.at(from), x.at(from + half)),
                        new Halves(dx.at(from), dx.at(from + half)),
                        Machine.own(scratch, lane));
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
            Kernels kernels = machine.kernels();
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

        void run(int lane, long dy, Halves x, Halves dx, long scratch) {
            long gate = scratch;
            long value = scratch + bytes;
            long result = scratch + 2 * bytes;
            split.run(lane, x.gate, gate);
            split.run(lane, x.value, value);
            silu.run(lane, gate, result);
            multiply.run(lane, result, dy, result);
            join.run(lane, result, dx.value);
            multiply.run(lane, value, dy, value);
            siluBackward.run(lane, gate, value, result);
            join.run(lane, result, dx.gate);
        }
    }
}
