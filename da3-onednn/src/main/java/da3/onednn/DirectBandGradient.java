package da3.onednn;

import da3.onednn.BackwardKernels.Padding;
import da3.onednn.Convolution3x3.Band;

/** The weight gradient by direct convolution. */
final class DirectBandGradient implements BandGradient {
    private final ExecutionContext context;
    private final Tiling tiling;
    private final Layout gradient;
    private final OneDnnTensor x; // (views, h, w, in)
    private final OneDnnTensor dy; // (views, rows, columns, out)
    private final Band[] bands;
    private final Kernel[] kernels;

    DirectBandGradient(ExecutionContext context, OneDnnTensor x, OneDnnTensor dy, int stride) {
        this.context = context;
        this.x = x;
        this.dy = dy;
        int h = x.shape[1];
        int w = x.shape[2];
        int in = x.channels();
        int out = dy.channels();
        int rows = dy.shape[1];
        int columns = dy.shape[2];
        this.tiling = Tiling.of(rows, Convolution3x3.MAX_TILE_MULTIPLICATIONS / (9L * in * out * columns));
        this.bands = new Band[tiling.count()];
        this.kernels = new Kernel[tiling.count()];
        Layout layout = Layout.any(out, in, 3, 3);
        for (int tile = 0; tile < bands.length; tile++) {
            Band band = Band.of(tiling, tile, h, stride);
            bands[tile] = band;
            kernels[tile] = context.kernels()
                    .backward()
                    .convolutionWeights(
                            x.map(band.inputRows(), w),
                            Layout.any(out, in, 3, 3).withPrecision(x.precision),
                            layout,
                            dy.map(band.rows(), columns),
                            stride,
                            new Padding(band.padTop(), band.padBottom(), (columns - 1) * stride + 2 - w));
            layout = kernels[tile].weightGradient(
                    out, in, 3, 3); // all bands share that of the first, as they are summed
        }
        this.gradient = layout;
    }

    @Override
    public int bands() {
        return x.shape[0] * tiling.count();
    }

    @Override
    public long floats() {
        return gradient.floats();
    }

    @Override
    public void run(int worker, int band, long to) {
        int tile = band % tiling.count();
        long view = band / tiling.count();
        long source = (view * x.shape[1] + bands[tile].firstInputRow()) * x.shape[2] * x.channels();
        long target = (view * dy.shape[1] + bands[tile].firstRow()) * dy.shape[2] * dy.channels();
        kernels[tile].run(worker, x.at(source), dy.at(target), to);
    }

    @Override
    public void finish(long sum, OneDnnTensor result) {
        Layout checkpoint = Layout.dense(dy.channels(), x.channels(), 3, 3);
        context.kernels().reorder(gradient, checkpoint).run(0, sum, result.at(0));
    }
}
