package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.geometry.check.Check;
import org.bytedeco.javacpp.Pointer;

/** The adjoints of {@link DataMovement}. */
final class DataMovementBackward {

    private static final int MAX_TILE_VALUES = 1 << 16;

    private final ExecutionContext context;

    DataMovementBackward(ExecutionContext context) {
        this.context = context;
    }

    /** Returns channels {@code from} to {@code to}: (.., c) -> (.., to - from). */
    OneDnnTensor channels(OneDnnTensor x, int from, int to) {
        int c = x.channels();
        int n = to - from;
        int[] shape = x.shape.clone();
        shape[shape.length - 1] = n;
        OneDnnTensor out = context.memory().tensor(x.precision, shape);
        if (from < 0 || from + n > c) {
            throw Check.invalid("channels of " + x, "within 0 to " + c, from + " to " + (from + n));
        }
        Tiling tiling = Tiling.of(x.rows(), MAX_TILE_VALUES / n);
        Kernel[] copy = tiling.kernels(rows ->
                context.kernels().reorder(Layout.matrix(rows, n, c).withPrecision(x.precision), out.dense(rows, n)));
        context.threads().forEach(tiling.count(), (worker, i) -> {
            long row = tiling.start(i);
            copy[i].run(worker, x.at(row * c + from), out.at(row * n));
        });
        return out;
    }

    /** (views, n, channels) -> (views, count, channels), zero outside tokens {@code from} to from + n. */
    OneDnnTensor tokens(OneDnnTensor dy, int from, int count) {
        int n = dy.shape[1];
        long c = dy.channels();
        OneDnnTensor out = context.memory().tensor(dy.precision, dy.shape[0], count, dy.channels());
        if (from < 0 || from + n > count) {
            throw Check.invalid("tokens of " + out, "within 0 to " + count, from + " to " + (from + n));
        }
        context.threads().forEach(dy.shape[0], (worker, view) -> {
            long to = (long) view * count * c;
            clear(out.at(to), out.bytes(from * c));
            NativeAddress.copy(dy.at(view * n * c), out.at(to + from * c), out.bytes(n * c));
            clear(out.at(to + (from + n) * c), out.bytes((count - from - n) * c));
        });
        return out;
    }

    /** Adds view i of dy to view {@code order[i]} of the result, in ascending order of i. */
    OneDnnTensor views(OneDnnTensor dy, int[] order, int views) {
        int size = dy.values() / order.length;
        int[] shape = dy.shape.clone();
        shape[0] = views;
        OneDnnTensor out = context.memory().tensor(dy.precision, shape);
        Tiling tiling = Tiling.of(size, MAX_TILE_VALUES);
        Kernel[] add =
                tiling.kernels(n -> context.kernels().binary(dnnl_binary_add, out.dense(n), dy.dense(n), out.dense(n)));
        context.threads().forEach(out.shape[0] * tiling.count(), (worker, task) -> {
            int tile = task % tiling.count();
            int view = task / tiling.count();
            long to = out.at((long) view * size + tiling.start(tile));
            boolean first = true;
            for (int i = 0; i < order.length; i++) {
                if (order[i] == view) {
                    long from = dy.at((long) i * size + tiling.start(tile));
                    if (first) {
                        NativeAddress.copy(from, to, out.bytes(tiling.length(tile)));
                    } else {
                        add[tile].run(worker, to, from, to);
                    }
                    first = false;
                }
            }
            if (first) {
                clear(to, out.bytes(tiling.length(tile)));
            }
        });
        return out;
    }

    private static void clear(long address, long bytes) {
        Pointer.memset(new NativeAddress(address), 0, bytes);
    }

    /** (views, rows x columns, channels x p x p) -> (views, channels, h, w), in float32. */
    OneDnnTensor patches(OneDnnTensor dy, int p, int channels, int h, int w) {
        OneDnnTensor image = context.memory().tensor(dy.shape[0], channels, h, w);
        int rows = h / p;
        int columns = w / p;
        long plane = (long) rows * p * w;
        long[] sizes = {columns, channels, p, p};
        Kernel row = context.kernels()
                .reorder(
                        dy.dense(columns, channels, p, p),
                        Layout.strided(sizes, p, plane, w, 1).withPrecision(image.precision));
        context.threads().forEach(image.shape[0] * rows, (worker, i) -> {
            long to = (long) i / rows * channels * plane + (long) i % rows * p * w;
            row.run(worker, dy.at((long) i * columns * channels * p * p), image.at(to));
        });
        return image;
    }

    /** (views, h, w, channels) -> (views, channels, h, w), in float32. */
    OneDnnTensor channelsLast(OneDnnTensor dy) {
        int h = dy.shape[1];
        int w = dy.shape[2];
        int channels = dy.shape[3];
        OneDnnTensor image = context.memory().tensor(dy.shape[0], channels, h, w);
        Kernel row = context.kernels()
                .reorder(
                        dy.dense(w, channels),
                        Layout.strided(new long[] {w, channels}, 1, (long) h * w)
                                .withPrecision(image.precision));
        context.threads().forEach(image.shape[0] * h, (worker, i) -> {
            long to = ((long) i / h * channels * h + i % h) * w;
            row.run(worker, dy.at((long) i * w * channels), image.at(to));
        });
        return image;
    }
}
