package da3.nn.nd4j;

/**
 * The gradients of a 3x3 convolution.
 *
 * <p>A convolution with stride s computes every s-th pixel of the convolution with stride 1, so dy is first scattered
 * into a map of zeros of the size of x. The gradient for x is then a convolution of dy with the flipped kernel, and the
 * gradient for the weight is the product of the transposed taps of x with dy.
 */
final class Convolution3x3Backward {

    private final TensorMemory memory;

    Convolution3x3Backward(TensorMemory memory) {
        this.memory = memory;
    }

    /** Returns the gradient for x: (views, .., .., out) -> (views, h, w, in). */
    Nd4jTensor inputGradient(Nd4jTensor dy, Nd4jParameter weight, int stride, int h, int w) {
        int out = weight.shape()[0];
        int in = weight.shape()[1];
        int views = dy.shape[0];
        Nd4jTensor dx = memory.tensor(views, h, w, in);
        try (var scope = memory.scope()) {
            Nd4jTensor flipped = flipped(weight);
            for (int v = 0; v < views; v++) {
                try (var view = memory.scope()) {
                    Nd4jTensor scattered = scatter(dy, v, stride, h, w);
                    Convolution3x3.apply(
                            scattered,
                            offset(scattered, v),
                            h,
                            w,
                            out,
                            flipped::part,
                            dx,
                            (long) v * h * w * in,
                            memory);
                }
            }
        }
        return dx;
    }

    /** Returns the flipped kernel: (ky, kx, in, out) -> (2 - ky, 2 - kx, out, in). */
    private Nd4jTensor flipped(Nd4jParameter weight) {
        int out = weight.shape()[0];
        int in = weight.shape()[1];
        Nd4jTensor flipped = memory.tensor(9, out, in);
        for (int tap = 0; tap < 9; tap++) {
            flipped.part((long) (8 - tap) * out * in, out, in)
                    .assign(weight.part((long) tap * in * out, in, out).transpose());
        }
        return flipped;
    }

    /** Returns the gradient for the weight: dy (views, .., .., out) and x (views, h, w, in) -> (out, in, 3, 3). */
    Nd4jTensor weightGradient(Nd4jTensor dy, Nd4jTensor x, Nd4jParameter weight, int stride) {
        int out = weight.shape()[0];
        int in = weight.shape()[1];
        int h = x.shape[1];
        int w = x.shape[2];
        Nd4jTensor gradient = memory.tensor(weight.shape());
        try (var scope = memory.scope()) {
            Nd4jTensor sum = memory.tensor(3, 3, in, out);
            sum.array.assign(0);
            for (int v = 0; v < x.shape[0]; v++) {
                try (var view = memory.scope()) {
                    Nd4jTensor scattered = scatter(dy, v, stride, h, w);
                    addTaps(x, (long) v * h * w * in, scattered, offset(scattered, v), sum);
                }
            }
            gradient.array.assign(sum.array.permute(3, 2, 0, 1));
        }
        return gradient;
    }

    /** Adds the gradient of one view, band by band; sum is (3, 3, in, out). */
    private void addTaps(Nd4jTensor x, long xOffset, Nd4jTensor dy, long dyOffset, Nd4jTensor sum) {
        int h = x.shape[1];
        int w = x.shape[2];
        int in = x.channels();
        int out = dy.channels();
        int band = Convolution3x3.bandRows(h, w, in);
        Nd4jTensor padded = Convolution3x3.padded(x, xOffset, h, w, in, memory);
        Nd4jTensor taps = memory.tensor((band + 2) * w, 3 * in);
        for (int top = 0; top < h; top += band) {
            int rows = Math.min(band, h - top);
            Convolution3x3.fillTaps(padded, top, rows + 2, w, in, taps);
            for (int ky = 0; ky < 3; ky++) {
                Nd.addMatmul(
                        taps.part((long) ky * w * 3 * in, rows * w, 3 * in),
                        true,
                        dy.part(dyOffset + (long) top * w * out, rows * w, out),
                        sum.part((long) ky * 3 * in * out, 3 * in, out));
            }
        }
    }

    /**
     * Scatters a view of dy to every {@code stride}-th pixel of a map of zeros; returns dy itself if the stride is 1.
     */
    private Nd4jTensor scatter(Nd4jTensor dy, int view, int stride, int h, int w) {
        if (stride == 1) {
            return dy;
        }
        int rows = dy.shape[1];
        int columns = dy.shape[2];
        int c = dy.channels();
        Nd4jTensor scattered = memory.tensor(1, h, w, c);
        scattered.array.assign(0);
        scattered
                .strided(0, new int[] {rows, columns, c}, new int[] {stride * w * c, stride * c, 1})
                .assign(dy.part((long) view * rows * columns * c, rows, columns, c));
        return scattered;
    }

    /** Returns the offset of a view in the result of {@link #scatter}. */
    private static long offset(Nd4jTensor scattered, int view) {
        return scattered.shape[0] == 1 ? 0 : (long) view * (scattered.size() / scattered.shape[0]);
    }
}
