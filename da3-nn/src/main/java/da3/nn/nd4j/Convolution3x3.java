package da3.nn.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A 3x3 convolution as three matrix products.
 *
 * <p>Beside every pixel its left and right neighbours are laid, a row of three taps: (pixels, 3 in). The taps of the row
 * above and the row below are then the same memory, one image row earlier or later, so the convolution is the sum of
 * three products of (pixels, 3 in) with (3 in, out), and no pixel is copied more than three times. It goes band by band,
 * so that the taps stay in cache and the memory is bounded.
 */
final class Convolution3x3 {

    /** Floats of taps at a time. */
    private static final int BAND = 1 << 21;

    private Convolution3x3() {}

    /** One view: (h, w, in) from {@code xOffset} on to (h, w, out) from {@code outOffset} on, which is overwritten. */
    static void apply(
            Nd4jTensor x,
            long xOffset,
            int h,
            int w,
            Nd4jParameter weight,
            Nd4jTensor out,
            long outOffset,
            Memory memory) {
        int in = weight.shape()[1];
        int outChannels = weight.shape()[0];
        int band = Math.max(1, Math.min(h, BAND / (3 * in * w) - 2));
        try (var scope = memory.scope()) {
            // a row of zeros above and below, and one pixel more for the first left and the last right neighbour
            Nd4jTensor padded = memory.tensor((h + 2) * w + 2, in);
            padded.part(0, (w + 1) * in).assign(0);
            padded.part((long) (w + 1 + h * w) * in, (w + 1) * in).assign(0);
            padded.part((long) (w + 1) * in, h * w * in).assign(x.part(xOffset, h * w * in));
            Nd4jTensor taps = memory.tensor((band + 2) * w, 3 * in);
            for (int top = 0; top < h; top += band) {
                int rows = Math.min(band, h - top);
                layTaps(padded, top, rows + 2, w, in, taps);
                INDArray target = out.part(outOffset + (long) top * w * outChannels, rows * w, outChannels);
                for (int dy = 0; dy < 3; dy++) {
                    INDArray a = taps.part((long) dy * w * 3 * in, rows * w, 3 * in);
                    INDArray b = weight.part((long) dy * 3 * in * outChannels, 3 * in, outChannels);
                    if (dy == 0) {
                        Nd.matmul(a, b, false, target);
                    } else {
                        Nd.addMatmul(a, b, target);
                    }
                }
            }
        }
    }

    private static void layTaps(Nd4jTensor padded, int top, int rows, int w, int in, Nd4jTensor taps) {
        int pixels = rows * w;
        long first = (long) top * w * in;
        Nd.concat(
                1,
                taps.as(pixels, 3 * in),
                padded.part(first, pixels, in),
                padded.part(first + in, pixels, in),
                padded.part(first + 2L * in, pixels, in));
        // the image's edges have no neighbour: the pixel found there belongs to another row
        taps.columns(rows, w * 3 * in, 0, in).assign(0);
        taps.columns(rows, w * 3 * in, (w * 3 - 1) * in, in).assign(0);
    }

    /** With a stride: few and small, so ND4J's own convolution serves. x (1, h, w, in), out (1, h', w', out). */
    static void strided(INDArray x, Nd4jParameter weight, int stride, INDArray out) {
        int[] s = weight.shape();
        Nd4j.exec(DynamicCustomOp.builder("conv2d")
                .addInputs(x, weight.as(3, 3, s[1], s[0]))
                .addOutputs(out)
                // kernel, stride, padding, dilation, explicit padding, channels last, weights (ky, kx, in, out)
                .addIntegerArguments(3, 3, stride, stride, 1, 1, 1, 1, 0, 1, 0)
                .build());
    }
}
