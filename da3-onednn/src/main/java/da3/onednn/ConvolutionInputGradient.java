package da3.onednn;

import da3.onednn.BackwardKernels.Padding;

/**
 * The gradient of a 3x3 convolution with respect to its input, in bands of rows. A row depends on the rows of dy around
 * it.
 *
 * @param dx result, (views, rows, columns, in)
 * @param dy output gradient, (views, h, w, out)
 * @param right columns of zero padding on the right
 */
record ConvolutionInputGradient(OneDnnTensor dx, OneDnnTensor dy, Tiling tiling, int right) {

    /** Returns the gradient at stride 1, in bands whose rows of both maps fit in cache. */
    static ConvolutionInputGradient ofStride1(OneDnnTensor dx, OneDnnTensor dy) {
        long row = 9L * dx.channels() * dy.channels() * dx.shape[2];
        return new ConvolutionInputGradient(
                dx, dy, Tiling.of(dx.shape[1], Convolution3x3.MAX_TILE_MULTIPLICATIONS / row), 1);
    }

    /** Returns the gradient with one band per view; strided convolutions are rare and their maps small. */
    static ConvolutionInputGradient whole(OneDnnTensor dx, OneDnnTensor dy, int stride) {
        return new ConvolutionInputGradient(
                dx, dy, new Tiling(dx.shape[1], dx.shape[1]), (dy.shape[2] - 1) * stride + 2 - dx.shape[2]);
    }

    /** Returns the kernel of every band. */
    Kernel[] kernels(Kernels kernels, int stride) {
        Kernel[] all = new Kernel[tiling.count()];
        for (int tile = 0; tile < all.length; tile++) {
            int rows = tiling.length(tile);
            int gradients = lastGradient(tile) - firstGradient(tile) + 1;
            int top = tiling.start(tile) == 0 ? 1 : 2; // dy of the row above the band contributes to it
            int bottom = (gradients - 1) * stride + 3 - top - rows;
            all[tile] = kernels.backward()
                    .convolutionInput(
                            dx.map(rows, dx.shape[2]),
                            Layout.any(dy.channels(), dx.channels(), 3, 3).withPrecision(dx.precision),
                            dy.map(gradients, dy.shape[2]),
                            stride,
                            new Padding(top, bottom, right));
        }
        return all;
    }

    private int firstGradient(int tile) {
        return Math.max(0, tiling.start(tile) - 1);
    }

    private int lastGradient(int tile) {
        return tiling.count() == 1
                ? dy.shape[1] - 1
                : Math.min(dy.shape[1] - 1, tiling.start(tile) + tiling.length(tile));
    }

    /** Returns the address of the first row of dy that a band depends on. */
    long gradient(int view, int tile) {
        return dy.at(((long) view * dy.shape[1] + firstGradient(tile)) * dy.shape[2] * dy.channels());
    }

    /** Returns the address of a band of dx. */
    long result(int view, int tile) {
        return dx.at(((long) view * dx.shape[1] + tiling.start(tile)) * dx.shape[2] * dx.channels());
    }
}
