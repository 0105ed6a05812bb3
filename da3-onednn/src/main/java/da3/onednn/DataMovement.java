package da3.onednn;

/** Operations that only move values. */
final class DataMovement {

    /** Values of a task, at most. */
    private static final int VALUES = 1 << 18;

    private final ExecutionContext context;

    DataMovement(ExecutionContext context) {
        this.context = context;
    }

    /** Joins matrices of as many rows side by side: (rows, ca) and (rows, cb). */
    void beside(OneDnnTensor first, OneDnnTensor second, int rows, OneDnnTensor out) {
        if ((long) first.values() + second.values() != out.values()) {
            throw new IllegalArgumentException("cannot join " + first + " and " + second + " to " + out);
        }
        int ca = first.values() / rows;
        int cb = second.values() / rows;
        Tiling tiling = Tiling.atMost(rows, VALUES / (ca + cb));
        try (var scope = context.memory().scope()) {
            OneDnnTensor a = context.in(out.precision, first);
            OneDnnTensor b = context.in(out.precision, second);
            context.threads().forEach(tiling.parts(), (worker, part) -> {
                for (long row = tiling.from(part); row < tiling.from(part) + tiling.length(part); row++) {
                    NativeAddress.copy(a.at(row * ca), out.at(row * (ca + cb)), out.bytes(ca));
                    NativeAddress.copy(b.at(row * cb), out.at(row * (ca + cb) + ca), out.bytes(cb));
                }
            });
        }
    }

    /** Part {@code i} of the result is {@code length} values from {@code starts[i]} on. */
    void gather(OneDnnTensor x, long[] starts, int length, OneDnnTensor out) {
        for (long start : starts) {
            if (start < 0 || length < 0 || start + length > x.values()) {
                throw new IllegalArgumentException(
                        "values " + start + " to " + (start + length) + " of " + x + "; legal: 0 to " + x.values());
            }
        }
        Tiling tiling = Tiling.atMost(length, VALUES);
        context.threads().forEach(starts.length * tiling.parts(), (worker, task) -> {
            int i = task / tiling.parts();
            int from = tiling.from(task % tiling.parts());
            NativeAddress.copy(
                    x.at(starts[i] + from),
                    out.at((long) i * length + from),
                    x.bytes(tiling.length(task % tiling.parts())));
        });
    }

    /** (views, channels, H, W) -> (views, rows, columns, channels x p x p). */
    void patches(OneDnnTensor image, int p, OneDnnTensor out) {
        int channels = image.shape[1];
        int w = image.shape[3];
        int rows = image.shape[2] / p;
        int columns = w / p;
        long plane = (long) rows * p * w;
        long[] sizes = {columns, channels, p, p};
        Kernel row = context.kernels()
                .reorder(Layout.strided(sizes, p, plane, w, 1).in(image.precision), out.dense(columns, channels, p, p));
        context.threads().forEach(image.shape[0] * rows, (worker, i) -> {
            long from = (long) i / rows * channels * plane + (long) i % rows * p * w;
            row.run(worker, image.at(from), out.at((long) i * columns * channels * p * p));
        });
    }

    /** (views, channels, H, W) -> (views, H, W, channels). */
    void channelsLast(OneDnnTensor image, OneDnnTensor out) {
        int channels = image.shape[1];
        int h = image.shape[2];
        int w = image.shape[3];
        Kernel row = context.kernels()
                .reorder(
                        Layout.strided(new long[] {w, channels}, 1, (long) h * w)
                                .in(image.precision),
                        out.dense(w, channels));
        context.threads().forEach(image.shape[0] * h, (worker, i) -> {
            long from = ((long) i / h * channels * h + i % h) * w;
            row.run(worker, image.at(from), out.at((long) i * w * channels));
        });
    }
}
