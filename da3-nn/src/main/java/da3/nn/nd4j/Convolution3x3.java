package da3.nn.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A 3x3 convolution as three matrix products.
 *
 * <p>Beside every pixel its left and right neighbors are laid, a row of three taps: (pixels, 3 in). The taps of the row
 * above and the row below are then the same memory, one image row earlier or later, so the convolution is the sum of
 * three products of (pixels, 3 in) with (3 in, out), and no pixel is copied more than three times. It goes band by band,
 * so that the taps stay in cache and the memory is bounded.
 */
final class Convolution3x3 {

    /** Floats of taps at a time. */
    private static final int BAND = 1 << 21;

    private Convolution3x3() {}

    /** Where the values of a kernel (ky, kx, in, out) are. */
    interface Kernel {

        /** {@code shape} values from {@code offset} on. */
        INDArray part(long offset, int... shape);
    }

    /** Image rows whose taps are laid at a time. */
    static int band(int h, int w, int in) {
        return Math.max(1, Math.min(h, BAND / (3 * in * w) - 2));
    }

    /** One view: (h, w, in) from {@code xOffset} on to (h, w, out) from {@code outOffset} on, which is overwritten. */
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
        int band = band(h, w, in);
        try (var scope = memory.scope()) {
            Nd4jTensor padded = padded(x, xOffset, h, w, in, memory);
            Nd4jTensor taps = memory.tensor((band + 2) * w, 3 * in);
            for (int top = 0; top < h; top += band) {
                int rows = Math.min(band, h - top);
                layTaps(padded, top, rows + 2, w, in, taps);
                addTaps(taps, w, kernel, out.part(outOffset + (long) top * w * outChannels, rows * w, outChannels));
            }
        }
    }

    /** A row of zeros above and below, and one pixel more for the first left and the last right neighbor. */
    static Nd4jTensor padded(Nd4jTensor x, long offset, int h, int w, int in, TensorMemory memory) {
        Nd4jTensor padded = memory.tensor((h + 2) * w + 2, in);
        int border = (w + 1) * in;
        padded.part(0, border).assign(0);
        padded.part((long) border + h * w * in, border).assign(0);
        padded.part(border, h * w * in).assign(x.part(offset, h * w * in));
        return padded;
    }

    /** The three products of a band; out (pixels, out) is overwritten. */
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

    /** The rows of three taps of some image rows; row 0 of {@code padded} is the one above the image. */
    static void layTaps(Nd4jTensor padded, int top, int rows, int w, int in, Nd4jTensor taps) {
        int pixels = rows * w;
        long first = (long) top * w * in;
        Nd.concat(
                1,
                taps.as(pixels, 3 * in),
                padded.part(first, pixels, in),
                padded.part(first + in, pixels, in),
                padded.part(first + 2L * in, pixels, in));
        // the image's edges have no neighbor: the pixel found there belongs to another row
        taps.columns(rows, w * 3 * in, 0, in).assign(0);
        taps.columns(rows, w * 3 * in, (w * 3 - 1) * in, in).assign(0);
    }

    /** With a stride: every output pixel's nine taps are laid side by side, and one product follows. */
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
