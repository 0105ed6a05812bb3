package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.nn.Activation;

/** Sums, functions and norms, in tasks that stay in a core's cache. */
final class Elementwise {

    /** Values of a task. */
    private static final int VALUES = 1 << 16;

    private final Machine machine;

    Elementwise(Machine machine) {
        this.machine = machine;
    }

    OneDnnTensor activate(OneDnnTensor x, Activation activation) {
        OneDnnTensor y = machine.memory().tensor(x.shape);
        Cut cut = Cut.atMost(x.values(), VALUES);
        if (activation == Activation.NONE) {
            machine.crew()
                    .forEach(
                            cut.parts(),
                            (lane, i) -> Address.copy(x.at(cut.from(i)), y.at(cut.from(i)), cut.length(i)));
            return y;
        }
        PostOp.Function function = (PostOp.Function) PostOp.of(activation);
        Kernel[] kernels = cut.kernels(n -> machine.kernels().function(Layout.dense(n), function));
        machine.crew().forEach(cut.parts(), (lane, i) -> kernels[i].run(lane, x.at(cut.from(i)), y.at(cut.from(i))));
        return y;
    }

    /** x + table for every view: (views, ..) + (..). */
    OneDnnTensor add(OneDnnTensor x, OneDnnTensor table) {
        OneDnnTensor y = machine.memory().tensor(x.shape);
        int size = table.values();
        if (x.values() % size != 0) {
            throw new IllegalArgumentException("cannot add " + table + " to " + x + ": " + x.values() + " values and "
                    + size + "; legal: a multiple");
        }
        Cut cut = Cut.atMost(size, VALUES);
        Kernel[] kernels = cut.kernels(
                n -> machine.kernels().binary(dnnl_binary_add, Layout.dense(n), Layout.dense(n), Layout.dense(n)));
        machine.crew().forEach(x.values() / size * cut.parts(), (lane, task) -> {
            int part = task % cut.parts();
            long at = (long) task / cut.parts() * size + cut.from(part);
            kernels[part].run(lane, x.at(at), table.at(cut.from(part)), y.at(at));
        });
        return y;
    }

    /** x (views, h, w, c) + u (w, c / 2) in the first half of the channels, + v (h, c / 2) in the second. */
    OneDnnTensor addUv(OneDnnTensor x, OneDnnTensor u, OneDnnTensor v) {
        int h = x.shape[1];
        int w = x.shape[2];
        int c = x.shape[3];
        OneDnnTensor y = machine.memory().tensor(x.shape);
        try (var scope = machine.memory().scope()) {
            // each of them widened by zeros to all channels, which change no bit of a sum
            OneDnnTensor columns = widened(u, 0, c);
            OneDnnTensor rows = widened(v, c / 2, c);
            Layout row = Layout.dense(w, c);
            Kernel kernel = machine.kernels().binary(dnnl_binary_add, row, row, row, PostOp.plus(Layout.dense(1, c)));
            machine.crew().forEach(x.shape[0] * h, (lane, i) -> {
                long at = (long) i * w * c;
                kernel.run(lane, x.at(at), columns.at(0), y.at(at), rows.at((long) i % h * c));
            });
        }
        return y;
    }

    /** (n, c / 2) -> (n, c), the rest zero. */
    private OneDnnTensor widened(OneDnnTensor half, int from, int c) {
        float[] values = Address.read(half.at(0), half.values());
        int n = half.shape[0];
        float[] wide = new float[n * c];
        for (int i = 0; i < n; i++) {
            System.arraycopy(values, i * (c / 2), wide, i * c + from, c / 2);
        }
        OneDnnTensor out = machine.memory().tensor(n, c);
        Address.write(wide, out.at(0));
        return out;
    }

    /** silu(first half) * second half of the last axis. */
    OneDnnTensor swiGlu(OneDnnTensor x) {
        int half = x.channels() / 2;
        int[] shape = x.shape.clone();
        shape[shape.length - 1] = half;
        OneDnnTensor y = machine.memory().tensor(shape);
        Cut cut = Cut.atMost(x.rows(), VALUES / half);
        Kernel[] split =
                cut.kernels(n -> machine.kernels().reorder(Layout.matrix(n, half, 2L * half), Layout.dense(n, half)));
        Kernel[] silu = cut.kernels(n -> machine.kernels()
                .function(Layout.dense((long) n * half), new PostOp.Function(dnnl_eltwise_swish, 1, 0)));
        Kernel[] multiply = cut.kernels(n -> {
            Layout flat = Layout.dense((long) n * half);
            return machine.kernels().binary(dnnl_binary_mul, flat, flat, flat);
        });
        try (var scope = machine.memory().scope()) {
            OneDnnTensor scratch = machine.scratch((long) cut.step() * half);
            machine.crew().forEach(cut.parts(), (lane, i) -> {
                long from = 2L * half * cut.from(i);
                long to = y.at((long) half * cut.from(i));
                long gate = Machine.own(scratch, lane);
                split[i].run(lane, x.at(from), gate);
                silu[i].run(lane, gate, gate);
                split[i].run(lane, x.at(from + half), to);
                multiply[i].run(lane, to, gate, to);
            });
        }
        return y;
    }

    /** Over the last axis. */
    OneDnnTensor layerNorm(OneDnnTensor x, OneDnnParameter weight, OneDnnParameter bias, double epsilon) {
        int d = x.channels();
        OneDnnTensor y = machine.memory().tensor(x.shape);
        long w = weight.plain();
        long b = bias.plain();
        weight.requireValues(d);
        bias.requireValues(d);
        Cut cut = Cut.atMost(x.rows(), VALUES / d);
        Kernel[] kernels = cut.kernels(n -> machine.kernels().norm(Layout.dense(n, d), Layout.dense(n, d), epsilon));
        machine.crew().forEach(cut.parts(), (lane, i) -> {
            long at = (long) cut.from(i) * d;
            kernels[i].run(lane, x.at(at), y.at(at), w, b);
        });
        return y;
    }
}
