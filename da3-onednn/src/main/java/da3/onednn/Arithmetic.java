package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

/** Products of tensors element by element, by channel and by row, in tasks that stay in a core's cache. */
final class Arithmetic {

    /** Values of a task. */
    private static final int VALUES = 1 << 16;

    private final Machine machine;

    Arithmetic(Machine machine) {
        this.machine = machine;
    }

    /** Of tensors of one shape. */
    OneDnnTensor multiply(OneDnnTensor a, OneDnnTensor b) {
        requireValues(b, a.values(), a);
        OneDnnTensor y = machine.memory().tensor(Machine.finer(a, b), a.shape);
        Cut cut = Cut.atMost(a.values(), VALUES);
        Kernel[] multiply =
                cut.kernels(n -> machine.kernels().binary(dnnl_binary_mul, a.dense(n), b.dense(n), y.dense(n)));
        machine.crew().forEach(cut.parts(), (lane, i) -> {
            long at = cut.from(i);
            multiply[i].run(lane, a.at(at), b.at(at), y.at(at));
        });
        return y;
    }

    /** (.., c) and (c) -> (.., c). */
    OneDnnTensor multiplyChannels(OneDnnTensor x, OneDnnTensor factors) {
        int c = x.channels();
        requireValues(factors, c, x);
        OneDnnTensor y = machine.memory().tensor(x.precision, x.shape);
        Cut cut = Cut.atMost(x.rows(), VALUES / c);
        Kernel[] multiply = cut.kernels(
                n -> machine.kernels().binary(dnnl_binary_mul, x.dense(n, c), factors.dense(1, c), y.dense(n, c)));
        machine.crew().forEach(cut.parts(), (lane, i) -> {
            long at = (long) cut.from(i) * c;
            multiply[i].run(lane, x.at(at), factors.at(0), y.at(at));
        });
        return y;
    }

    private static void requireValues(OneDnnTensor factors, int wanted, OneDnnTensor x) {
        if (factors.values() != wanted) {
            throw new IllegalArgumentException("factors of " + x + " must have " + wanted + " values, got " + factors);
        }
    }
}
