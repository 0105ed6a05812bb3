package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.nn.Precision;
import java.util.Arrays;

/** Sums along an axis, in float32 and in an order that depends on the shape alone. */
final class Sums {

    /** Values of a task. */
    private static final int VALUES = 1 << 16;

    /** Values of a task that adds parts. */
    private static final int FEW = 1 << 13;

    private final Machine machine;

    Sums(Machine machine) {
        this.machine = machine;
    }

    /** Over all axes but the last: (.., c) -> (c). */
    OneDnnTensor overRows(OneDnnTensor x) {
        int c = x.channels();
        OneDnnTensor y = machine.memory().tensor(c);
        Cut cut = Cut.atMost(x.rows(), VALUES / c);
        try (var scope = machine.memory().scope()) {
            OneDnnTensor ones = ones(cut.step(), x.precision);
            Kernel[] sum = cut.kernels(
                    n -> machine.kernels().matmul(ones.dense(1, n), x.dense(n, c), null, Layout.dense(1, c)));
            OneDnnTensor parts = machine.memory().tensor(cut.parts(), c);
            machine.crew()
                    .forEach(
                            cut.parts(),
                            (lane, i) ->
                                    sum[i].run(lane, ones.at(0), x.at((long) cut.from(i) * c), parts.at((long) i * c)));
            ofParts(parts, y.at(0));
        }
        return y;
    }

    /** Over the first axis: (views, ..) -> (..). */
    OneDnnTensor overViews(OneDnnTensor x) {
        int[] shape = Arrays.copyOfRange(x.shape, 1, x.shape.length);
        OneDnnTensor y = machine.memory().tensor(shape);
        try (var scope = machine.memory().scope()) {
            ofParts(machine.in(Precision.FLOAT32, x), y.at(0));
        }
        return y;
    }

    /** Adds the parts (parts, ..) of a float32 tensor, one after the other. */
    void ofParts(OneDnnTensor parts, long to) {
        int count = parts.shape[0];
        int size = parts.values() / count;
        Cut cut = Cut.atMost(size, FEW);
        Kernel[] add = cut.kernels(n -> {
            Layout values = Layout.dense(n);
            return machine.kernels().binary(dnnl_binary_add, values, values, values);
        });
        machine.crew().forEach(cut.parts(), (lane, i) -> {
            long from = cut.from(i);
            long sum = to + 4 * from;
            if (count == 1) {
                Address.copy(parts.at(from), sum, 4L * cut.length(i));
            }
            for (int part = 1; part < count; part++) {
                add[i].run(lane, part == 1 ? parts.at(from) : sum, parts.at((long) part * size + from), sum);
            }
        });
    }

    private OneDnnTensor ones(int n, Precision precision) {
        float[] values = new float[n];
        Arrays.fill(values, 1);
        OneDnnTensor ones = machine.memory().tensor(n);
        Address.write(values, ones.at(0));
        return machine.in(precision, ones);
    }
}
