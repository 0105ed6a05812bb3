package da3.onednn;

import da3.geometry.check.Check;
import java.util.Arrays;

/** Operations that copy values without arithmetic. */
final class DataMovement {

    private static final int MAX_TILE_VALUES = 1 << 18;

    private final ExecutionContext context;

    DataMovement(ExecutionContext context) {
        this.context = context;
    }

    /** Concatenates along the last axis. */
    OneDnnTensor concatChannels(OneDnnTensor a, OneDnnTensor b) {
        int[] shape = a.shape.clone();
        shape[shape.length - 1] += b.channels();
        OneDnnTensor out = context.memory().tensor(ExecutionContext.commonPrecision(a, b), shape);
        concat(a, b, a.rows(), out);
        return out;
    }

    /** Concatenates along axis 1: (views, a, channels) and (views, b, channels). */
    OneDnnTensor concatTokens(OneDnnTensor a, OneDnnTensor b) {
        OneDnnTensor out = context.memory()
                .tensor(ExecutionContext.commonPrecision(a, b), a.shape[0], a.shape[1] + b.shape[1], a.shape[2]);
        concat(a, b, a.shape[0], out);
        return out;
    }

    /** Joins two matrices along their rows: (rows, ca) and (rows, cb) -> (rows, ca + cb). */
    private void concat(OneDnnTensor first, OneDnnTensor second, int rows, OneDnnTensor out) {
        if ((long) first.values() + second.values() != out.values()) {
            throw new IllegalArgumentException("cannot concatenate " + first + " and " + second + " into " + out);
        }
        int ca = first.values() / rows;
        int cb = second.values() / rows;
        Tiling tiling = Tiling.of(rows, MAX_TILE_VALUES / (ca + cb));
        try (var scope = context.memory().scope()) {
            OneDnnTensor a = context.cast(out.precision, first);
            OneDnnTensor b = context.cast(out.precision, second);
            context.threads().forEach(tiling.count(), (worker, tile) -> {
                for (long row = tiling.start(tile); row < tiling.start(tile) + tiling.length(tile); row++) {
                    NativeAddress.copy(a.at(row * ca), out.at(row * (ca + cb)), out.bytes(ca));
                    NativeAddress.copy(b.at(row * cb), out.at(row * (ca + cb) + ca), out.bytes(cb));
                }
            });
        }
    }

    /** (views, tokens, channels) -> (views, to - from, channels). */
    OneDnnTensor tokens(OneDnnTensor x, int from, int to) {
        int channels = x.shape[2];
        long[] starts = new long[x.shape[0]];
        Arrays.setAll(starts, v -> ((long) v * x.shape[1] + from) * channels);
        OneDnnTensor out = context.memory().tensor(x.precision, x.shape[0], to - from, channels);
        gather(x, starts, (to - from) * channels, out);
        return out;
    }

    /** (views, ..) -> (to - from, ..). */
    OneDnnTensor views(OneDnnTensor x, int from, int to) {
        int[] order = new int[to - from];
        Arrays.setAll(order, i -> from + i);
        return reorderViews(x, order);
    }

    /** View {@code i} of the result is view {@code order[i]} of x. */
    OneDnnTensor reorderViews(OneDnnTensor x, int[] order) {
        int view = x.values() / x.shape[0];
        long[] starts = Arrays.stream(order).mapToLong(v -> (long) v * view).toArray();
        int[] shape = x.shape.clone();
        shape[0] = order.length;
        OneDnnTensor out = context.memory().tensor(x.precision, shape);
        gather(x, starts, view, out);
        return out;
    }

    /** Joins ranges of {@code length} values, which begin at {@code starts}. */
    private void gather(OneDnnTensor x, long[] starts, int length, OneDnnTensor out) {
        for (long start : starts) {
            if (start < 0 || length < 0 || start + length > x.values()) {
                throw Check.invalid("range of " + x, "within 0 to " + x.values(), start + " to " + (start + length));
            }
        }
        Tiling tiling = Tiling.of(length, MAX_TILE_VALUES);
        context.threads().forEach(starts.length * tiling.count(), (worker, task) -> {
            int i = task / tiling.count();
            int offset = tiling.start(task % tiling.count());
            NativeAddress.copy(
                    x.at(starts[i] + offset),
                    out.at((long) i * length + offset),
                    x.bytes(tiling.length(task % tiling.count())));
        });
    }

    /** (views, channels, H, W) -> (views, rows x columns, channels x p x p). */
    OneDnnTensor patches(OneDnnTensor image, int p) {
        int channels = image.shape[1];
        int w = image.shape[3];
        int rows = image.shape[2] / p;
        int columns = w / p;
        OneDnnTensor out =
                context.memory().tensor(context.precision(), image.shape[0], rows * columns, channels * p * p);
        long plane = (long) rows * p * w;
        long[] sizes = {columns, channels, p, p};
        Kernel row = context.kernels()
                .reorder(
                        Layout.strided(sizes, p, plane, w, 1).withPrecision(image.precision),
                        out.dense(columns, channels, p, p));
        context.threads().forEach(image.shape[0] * rows, (worker, i) -> {
            long from = (long) i / rows * channels * plane + (long) i % rows * p * w;
            row.run(worker, image.at(from), out.at((long) i * columns * channels * p * p));
        });
        return out;
    }

    /** (views, channels, H, W) -> (views, H, W, channels). */
    OneDnnTensor channelsLast(OneDnnTensor image) {
        int channels = image.shape[1];
        int h = image.shape[2];
        int w = image.shape[3];
        OneDnnTensor out = context.memory().tensor(context.precision(), image.shape[0], h, w, channels);
        Kernel row = context.kernels()
                .reorder(
                        Layout.strided(new long[] {w, channels}, 1, (long) h * w)
                                .withPrecision(image.precision),
                        out.dense(w, channels));
        context.threads().forEach(image.shape[0] * h, (worker, i) -> {
            long from = ((long) i / h * channels * h + i % h) * w;
            row.run(worker, image.at(from), out.at((long) i * w * channels));
        });
        return out;
    }
}
