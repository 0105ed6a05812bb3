package da3.onednn;

import da3.onednn.BackwardKernels.Padding;

/**
 * The gradient of a 3x3 convolution for its input, in bands of rows: a row of the gradient needs the rows of dy around it.
 *
 * @param dx (views, rows, columns, in), the result
 * @param dy (views, h, w, out)
 */
record ConvolutionInputGradient(OneDnnTensor dx, OneDnnTensor dy, Tiling tiling, int right) {

    /** At stride 1, in bands whose rows of both maps stay in cache. */
    static ConvolutionInputGradient ofStride1(OneDnnTensor dx, OneDnnTensor dy) {
        long row = 9L * dx.channels() * dy.channels() * dx.shape[2];
        return new ConvolutionInputGradient(dx, dy, Tiling.atMost(dx.shape[1], Convolution3x3.WORK / row), 1);
    }

    /** View by view: few maps are halved, and small ones. */
    static ConvolutionInputGradient whole(OneDnnTensor dx, OneDnnTensor dy, int stride) {
        return new ConvolutionInputGradient(
                dx, dy, new Tiling(dx.shape[1], dx.shape[1]), (dy.shape[2] - 1) * stride + 2 - dx.shape[2]);
    }

    /** The kernel of every band. */
    Kernel[] kernels(Kernels kernels, int stride) {
        Kernel[] all = new Kernel[tiling.parts()];
        for (int part = 0; part < all.length; part++) {
            int rows = tiling.length(part);
            int gradients = lastGradient(part) - firstGradient(part) + 1;
            int top = tiling.from(part) == 0 ? 1 : 2; // the row above the band has a gradient that reaches into it
            int bottom = (gradients - 1) * stride + 3 - top - rows;
            all[part] = kernels.backward()
                    .convolutionData(
                            dx.map(rows, dx.shape[2]),
                            Layout.any(dy.channels(), dx.channels(), 3, 3).in(dx.precision),
                            dy.map(gradients, dy.shape[2]),
                            stride,
                            new Padding(top, bottom, right));
        }
        return all;
    }

    private int firstGradient(int part) {
        return Math.max(0, tiling.from(part) - 1);
    }

    private int lastGradient(int part) {
        return tiling.parts() == 1
                ? dy.shape[1] - 1
                : Math.min(dy.shape[1] - 1, tiling.from(part) + tiling.length(part));
    }

    /** Where the gradients that a band needs begin. */
    long gradient(int view, int part) {
        return dy.at(((long) view * dy.shape[1] + firstGradient(part)) * dy.shape[2] * dy.channels());
    }

    /** Where a band begins. */
    long result(int view, int part) {
        return dx.at(((long) view * dx.shape[1] + tiling.from(part)) * dx.shape[2] * dx.channels());
    }
}
