package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.javacpp.Pointer;

/** Adjoints of operations that only move values. */
final class MovesBackward {

    /** Values of a task, at most. */
    private static final int VALUES = 1 << 16;

    private final Machine machine;

    MovesBackward(Machine machine) {
        this.machine = machine;
    }

    /** Channels {@code from} on: (rows, c) -> (rows, n). */
    void channels(OneDnnTensor x, int from, OneDnnTensor out) {
        int c = x.channels();
        int n = out.channels();
        if (from < 0 || from + n > c) {
            throw new IllegalArgumentException(
                    "channels " + from + " to " + (from + n) + " of " + x + "; legal: 0 to " + c);
        }
        Cut cut = Cut.atMost(x.rows(), VALUES / n);
        Kernel[] copy = cut.kernels(
                rows -> machine.kernels().reorder(Layout.matrix(rows, n, c).in(x.precision), out.dense(rows, n)));
        machine.crew().forEach(cut.parts(), (lane, i) -> {
            long row = cut.from(i);
            copy[i].run(lane, x.at(row * c + from), out.at(row * n));
        });
    }

    /** (views, n, channels) -> (views, count, channels), zero outside {@code from} to from + n. */
    void tokens(OneDnnTensor dy, int from, OneDnnTensor out) {
        int n = dy.shape[1];
        int count = out.shape[1];
        long c = dy.channels();
        if (from < 0 || from + n > count) {
            throw new IllegalArgumentException(
                    "tokens " + from + " to " + (from + n) + " of " + out + "; legal: 0 to " + count);
        }
        machine.crew().forEach(dy.shape[0], (lane, view) -> {
            long to = (long) view * count * c;
            clear(out.at(to), out.bytes(from * c));
            Address.copy(dy.at(view * n * c), out.at(to + from * c), out.bytes(n * c));
            clear(out.at(to + (from + n) * c), out.bytes((count - from - n) * c));
        });
    }

    /** View {@code order[i]} of the result is the sum of all views i of dy, which are added in their order. */
    void views(OneDnnTensor dy, int[] order, OneDnnTensor out) {
        int size = dy.values() / order.length;
        Cut cut = Cut.atMost(size, VALUES);
        Kernel[] add =
                cut.kernels(n -> machine.kernels().binary(dnnl_binary_add, out.dense(n), dy.dense(n), out.dense(n)));
        machine.crew().forEach(out.shape[0] * cut.parts(), (lane, task) -> {
            int part = task % cut.parts();
            int view = task / cut.parts();
            long to = out.at((long) view * size + cut.from(part));
            boolean first = true;
            for (int i = 0; i < order.length; i++) {
                if (order[i] == view) {
                    long from = dy.at((long) i * size + cut.from(part));
                    if (first) {
                        Address.copy(from, to, out.bytes(cut.length(part)));
                    } else {
                        add[part].run(lane, to, from, to);
                    }
                    first = false;
                }
            }
            if (first) {
                clear(to, out.bytes(cut.length(part)));
            }
        });
    }

    private static void clear(long address, long bytes) {
        Pointer.memset(new Address(address), 0, bytes);
    }

    /** (views, rows, columns, channels x p x p) -> (views, channels, H, W). */
    void patches(OneDnnTensor dy, int p, OneDnnTensor image) {
        int channels = image.shape[1];
        int w = image.shape[3];
        int rows = image.shape[2] / p;
        int columns = w / p;
        long plane = (long) rows * p * w;
        long[] sizes = {columns, channels, p, p};
        Kernel row = machine.kernels()
                .reorder(
                        dy.dense(columns, channels, p, p),
                        Layout.strided(sizes, p, plane, w, 1).in(image.precision));
        machine.crew().forEach(image.shape[0] * rows, (lane, i) -> {
            long to = (long) i / rows * channels * plane + (long) i % rows * p * w;
            row.run(lane, dy.at((long) i * columns * channels * p * p), image.at(to));
        });
    }

    /** (views, H, W, channels) -> (views, channels, H, W). */
    void channelsLast(OneDnnTensor dy, OneDnnTensor image) {
        int channels = image.shape[1];
        int h = image.shape[2];
        int w = image.shape[3];
        Kernel row = machine.kernels()
                .reorder(
                        dy.dense(w, channels),
                        Layout.strided(new long[] {w, channels}, 1, (long) h * w)
                                .in(image.precision));
        machine.crew().forEach(image.shape[0] * h, (lane, i) -> {
            long to = ((long) i / h * channels * h + i % h) * w;
            row.run(lane, dy.at((long) i * w * channels), image.at(to));
        });
    }
}
