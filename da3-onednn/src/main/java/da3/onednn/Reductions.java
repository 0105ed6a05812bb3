package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.nn.Precision;
import java.util.Arrays;

/** Reductions along an axis, in float32 and in an order that depends on the shape alone. */
final class Reductions {

    /** Values of a task. */
    private static final int VALUES = 1 << 16;

    /** Values of a task that adds parts. */
    private static final int FEW = 1 << 13;

    private final ExecutionContext context;

    Reductions(ExecutionContext context) {
        this.context = context;
    }

    /** Over all axes but the last: (.., c) -> (c). */
    OneDnnTensor overRows(OneDnnTensor x) {
        int c = x.channels();
        OneDnnTensor y = context.memory().tensor(c);
        Tiling tiling = Tiling.atMost(x.rows(), VALUES / c);
        try (var scope = context.memory().scope()) {
            OneDnnTensor ones = ones(tiling.step(), x.precision);
            Kernel[] sum = tiling.kernels(
                    n -> context.kernels().matmul(ones.dense(1, n), x.dense(n, c), null, Layout.dense(1, c)));
            OneDnnTensor parts = context.memory().tensor(tiling.parts(), c);
            context.threads()
                    .forEach(
                            tiling.parts(),
                            (worker, i) -> sum[i].run(
                                    worker, ones.at(0), x.at((long) tiling.from(i) * c), parts.at((long) i * c)));
            ofParts(parts, y.at(0));
        }
        return y;
    }

    /** Over the first axis: (views, ..) -> (..). */
    OneDnnTensor overViews(OneDnnTensor x) {
        int[] shape = Arrays.copyOfRange(x.shape, 1, x.shape.length);
        OneDnnTensor y = context.memory().tensor(shape);
        try (var scope = context.memory().scope()) {
            ofParts(context.in(Precision.FLOAT32, x), y.at(0));
        }
        return y;
    }

    /** Adds the parts (parts, ..) of a float32 tensor, one after the other. */
    void ofParts(OneDnnTensor parts, long to) {
        int count = parts.shape[0];
        int size = parts.values() / count;
        Tiling tiling = Tiling.atMost(size, FEW);
        Kernel[] add = tiling.kernels(n -> {
            Layout values = Layout.dense(n);
            return context.kernels().binary(dnnl_binary_add, values, values, values);
        });
        context.threads().forEach(tiling.parts(), (worker, i) -> {
            long from = tiling.from(i);
            long sum = to + 4 * from;
            if (count == 1) {
                NativeAddress.copy(parts.at(from), sum, 4L * tiling.length(i));
            }
            for (int part = 1; part < count; part++) {
                add[i].run(worker, part == 1 ? parts.at(from) : sum, parts.at((long) part * size + from), sum);
            }
        });
    }

    private OneDnnTensor ones(int n, Precision precision) {
        float[] values = new float[n];
        Arrays.fill(values, 1);
        OneDnnTensor ones = context.memory().tensor(n);
        NativeAddress.write(values, ones.at(0));
        return context.in(precision, ones);
    }
}
