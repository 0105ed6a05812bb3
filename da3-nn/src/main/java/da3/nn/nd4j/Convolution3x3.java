package da3.nn.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A 3x3 convolution as three matrix products.
 *
 * <p>Every pixel is stored with its left and right neighbors, as a row of three taps: (pixels, 3 in). The taps of the
 * rows above and below are at an offset of one map row in the same memory. The convolution is therefore the sum of
 * three products of (pixels, 3 in) with (3 in, out), and every pixel is copied only three times. Bands of rows are
 * processed one by one, so that the taps stay in cache and memory is bounded.
 */
final class Convolution3x3 {

    /** Floats of the taps of a band. */
    private static final int MAX_BAND_FLOATS = 1 << 21;

    private Convolution3x3() {}

    /** Access to the values of a kernel (ky, kx, in, out). */
    interface Kernel {

        /** Returns values from an offset on, as a dense array. */
        INDArray part(long offset, int... shape);
    }

    /** Returns the number of rows in a band. */
    static int bandRows(int h, int w, int in) {
        return Math.max(1, Math.min(h, MAX_BAND_FLOATS / (3 * in * w) - 2));
    }

    /** Convolves one view: x (h, w, in) from {@code xOffset} on -> out (h, w, out) from {@code outOffset} on. */
    static void apply(
            Nd4jTensor x,
            long xOffset,
            int h,
            int w,
            int in,
            Kernel kernel,
            Nd4jTensor out,
            long outOffset,
            TensorMemory memory) {
        int outChannels = out.channels();
        int band = bandRows(h, w, in);
        try (var scope = memory.scope()) {
            Nd4jTensor padded = padded(x, xOffset, h, w, in, memory);
            Nd4jTensor taps = memory.tensor((band + 2) * w, 3 * in);
            for (int top = 0; top < h; top += band) {
                int rows = Math.min(band, h - top);
                fillTaps(padded, top, rows + 2, w, in, taps);
                addTaps(taps, w, kernel, out.part(outOffset + (long) top * w * outChannels, rows * w, outChannels));
            }
        }
    }

    /** Pads a view with a row of zeros above and below, and a pixel at both ends for the outermost neighbors. */
    static Nd4jTensor padded(Nd4jTensor x, long offset, int h, int w, int in, TensorMemory memory) {
        Nd4jTensor padded = memory.tensor((h + 2) * w + 2, in);
        int border = (w + 1) * in;
        padded.part(0, border).assign(0);
        padded.part((long) border + h * w * in, border).assign(0);
        padded.part(border, h * w * in).assign(x.part(offset, h * w * in));
        return padded;
    }

    /** Computes the three products of a band into out (pixels, out). */
    private static void addTaps(Nd4jTensor taps, int w, Kernel kernel, INDArray out) {
        int pixels = (int) out.size(0);
        int outChannels = (int) out.size(1);
        int row = taps.channels();
        for (int dy = 0; dy < 3; dy++) {
            INDArray a = taps.part((long) dy * w * row, pixels, row);
            INDArray b = kernel.part((long) dy * row * outChannels, row, outChannels);
            if (dy == 0) {
                Nd.matmul(a, b, false, out);
            } else {
                Nd.addMatmul(a, b, out);
            }
        }
    }

    /** Writes the taps of some rows; row 0 of {@code padded} is above the map. */
    static void fillTaps(Nd4jTensor padded, int top, int rows, int w, int in, Nd4jTensor taps) {
        int pixels = rows * w;
        long first = (long) top * w * in;
        Nd.concat(
                1,
                taps.as(pixels, 3 * in),
                padded.part(first, pixels, in),
                padded.part(first + in, pixels, in),
                padded.part(first + 2L * in, pixels, in));
        // pixels at the edges have no neighbor: the adjacent value belongs to another row
        taps.columns(rows, w * 3 * in, 0, in).assign(0);
        taps.columns(rows, w * 3 * in, (w * 3 - 1) * in, in).assign(0);
    }

    /** Convolves one view with a stride: one product with the nine taps of every output pixel. */
    static void strided(
            Nd4jTensor x,
            long xOffset,
            int h,
            int w,
            int stride,
            Nd4jParameter weight,
            Nd4jTensor out,
            long outOffset,
            TensorMemory memory) {
        int in = weight.shape()[1];
        int outChannels = weight.shape()[0];
        int rows = out.shape[1];
        int columns = out.shape[2];
        try (var scope = memory.scope()) {
            Nd4jTensor padded = memory.tensor(h + 2, w + 2, in);
            padded.array.assign(0);
            padded.strided((w + 3L) * in, new int[] {h, w, in}, new int[] {(w + 2) * in, in, 1})
                    .assign(x.part(xOffset, h, w, in));
            Nd4jTensor taps = memory.tensor(rows * columns, 9 * in);
            int[] shape = {rows, columns, in};
            int[] from = {stride * (w + 2) * in, stride * in, 1};
            int[] into = {columns * 9 * in, 9 * in, 1};
            for (int tap = 0; tap < 9; tap++) {
                long first = (tap / 3 * (w + 2L) + tap % 3) * in;
                taps.strided((long) tap * in, shape, into).assign(padded.strided(first, shape, from));
            }
            Nd.matmul(
                    taps.array,
                    weight.as(9 * in, outChannels),
                    false,
                    out.part(outOffset, rows * columns, outChannels));
        }
    }
}
