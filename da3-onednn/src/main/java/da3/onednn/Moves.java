package da3.onednn;

/** Operations that only move values. */
final class Moves {

    /** Values of a task, at most. */
    private static final int VALUES = 1 << 18;

    private final Machine machine;

    Moves(Machine machine) {
        this.machine = machine;
    }

    /** Joins matrices of as many rows side by side: (rows, ca) and (rows, cb). */
    void beside(OneDnnTensor a, OneDnnTensor b, int rows, OneDnnTensor out) {
        if ((long) a.values() + b.values() != out.values()) {
            throw new IllegalArgumentException("cannot join " + a + " and " + b + " to " + out);
        }
        int ca = a.values() / rows;
        int cb = b.values() / rows;
        Cut cut = Cut.atMost(rows, VALUES / (ca + cb));
        machine.crew().forEach(cut.parts(), (lane, part) -> {
            for (long row = cut.from(part); row < cut.from(part) + cut.length(part); row++) {
                Address.copy(a.at(row * ca), out.at(row * (ca + cb)), ca);
                Address.copy(b.at(row * cb), out.at(row * (ca + cb) + ca), cb);
            }
        });
    }

    /** Part {@code i} of the result is {@code length} values from {@code starts[i]} on. */
    void gather(OneDnnTensor x, long[] starts, int length, OneDnnTensor out) {
        for (long start : starts) {
            if (start < 0 || length < 0 || start + length > x.values()) {
                throw new IllegalArgumentException(
                        "values " + start + " to " + (start + length) + " of " + x + "; legal: 0 to " + x.values());
            }
        }
        Cut cut = Cut.atMost(length, VALUES);
        machine.crew().forEach(starts.length * cut.parts(), (lane, task) -> {
            int i = task / cut.parts();
            int from = cut.from(task % cut.parts());
            Address.copy(x.at(starts[i] + from), out.at((long) i * length + from), cut.length(task % cut.parts()));
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
        Kernel row =
                machine.kernels().reorder(Layout.strided(sizes, p, plane, w, 1), Layout.dense(columns, channels, p, p));
        machine.crew().forEach(image.shape[0] * rows, (lane, i) -> {
            long from = (long) i / rows * channels * plane + (long) i % rows * p * w;
            row.run(lane, image.at(from), out.at((long) i * columns * channels * p * p));
        });
    }

    /** (views, channels, H, W) -> (views, H, W, channels). */
    void channelsLast(OneDnnTensor image, OneDnnTensor out) {
        int channels = image.shape[1];
        int h = image.shape[2];
        int w = image.shape[3];
        Kernel row = machine.kernels()
                .reorder(Layout.strided(new long[] {w, channels}, 1, (long) h * w), Layout.dense(w, channels));
        machine.crew().forEach(image.shape[0] * h, (lane, i) -> {
            long from = ((long) i / h * channels * h + i % h) * w;
            row.run(lane, image.at(from), out.at((long) i * w * channels));
        });
    }
}
