package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.nn.Precision;
import java.util.Arrays;
import java.util.List;

/** Sums along an axis, in float32 and in an order that depends only on the shape. */
final class Reductions {

    private static final int MAX_SUM_TILE_VALUES = 1 << 13;

    private final ExecutionContext context;

    Reductions(ExecutionContext context) {
        this.context = context;
    }

    /** Sums over all axes but the last: (.., c) -> (c). */
    OneDnnTensor sumRows(OneDnnTensor x) {
        OneDnnTensor y = context.memory().tensor(x.channels());
        try (var scope = context.memory().scope()) {
            context.threads().run(List.of(prepareSumRows(x, y)));
        }
        return y;
    }

    /** Prepares {@link #sumRows}, with memory in the innermost scope. */
    Work prepareSumRows(OneDnnTensor x, OneDnnTensor y) {
        int c = x.channels();
        Tiling tiling = Elementwise.rowTiling(x.rows(), c);
        RowSums sums = new RowSums(context, x.precision, tiling, y);
        return new Work(
                tiling.count(), (worker, i) -> sums.run(worker, i, x.at((long) tiling.start(i) * c)), sums::finish);
    }

    /** Sums over the first axis: (views, ..) -> (..). */
    OneDnnTensor sumViews(OneDnnTensor x) {
        int[] shape = Arrays.copyOfRange(x.shape, 1, x.shape.length);
        OneDnnTensor y = context.memory().tensor(shape);
        try (var scope = context.memory().scope()) {
            sumParts(context.cast(Precision.FLOAT32, x), y.at(0));
        }
        return y;
    }

    /** Sums a float32 tensor over its first axis, one part after the other, into an address: (parts, ..) -> (..). */
    void sumParts(OneDnnTensor parts, long to) {
        int count = parts.shape[0];
        int size = parts.values() / count;
        Tiling tiling = Tiling.of(size, MAX_SUM_TILE_VALUES);
        Kernel[] add = tiling.kernels(n -> {
            Layout values = Layout.dense(n);
            return context.kernels().binary(dnnl_binary_add, values, values, values);
        });
        context.threads().forEach(tiling.count(), (worker, i) -> {
            long from = tiling.start(i);
            long sum = to + 4 * from;
            if (count == 1) {
                NativeAddress.copy(parts.at(from), sum, 4L * tiling.length(i));
            }
            for (int part = 1; part < count; part++) {
                add[i].run(worker, part == 1 ? parts.at(from) : sum, parts.at((long) part * size + from), sum);
            }
        });
    }
}
