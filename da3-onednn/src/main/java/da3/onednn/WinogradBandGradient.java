package da3.onednn;

import da3.onednn.BackwardKernels.Padding;

/**
 * The weight gradient with half the multiplications: {@link Winograd} in the vertical direction, with the rows of dy as
 * kernels. A part consists of the gradients of six 1x3 kernels.
 */
final class WinogradBandGradient implements BandGradient {
    private final ExecutionContext context;
    private final Tiling bands; // of tiles of four rows
    private final OneDnnTensor x; // (views, rows, columns, in)
    private final OneDnnTensor dy; // (views, rows, columns, out)
    private final int inRow; // values of a row of x
    private final int outRow; // values of a row of dy
    private final WinogradTransform input;
    private final WinogradTransform outputGradient;
    private final Kernel[] kernels; // by band
    private final Layout gradient; // of a 1x3 kernel
    private final long kernelFloats;
    private final OneDnnTensor transformedInput; // scratch memory, as is the next one
    private final OneDnnTensor transformedGradient;

    WinogradBandGradient(ExecutionContext context, OneDnnTensor x, OneDnnTensor dy) {
        this.context = context;
        this.x = x;
        this.dy = dy;
        int columns = dy.shape[2];
        int in = x.channels();
        int out = dy.channels();
        this.bands = WinogradConvolution.bands(dy.shape[1], columns, in, out, 1);
        this.inRow = columns * in;
        this.outRow = columns * out;
        this.input = WinogradTransform.ofInput(context, x, bands);
        this.outputGradient = WinogradTransform.ofGradient(context, dy, bands);
        Layout layout = Layout.any(out, in, 1, Winograd.TAPS);
        this.kernels = new Kernel[bands.count()];
        for (int band = 0; band < kernels.length; band++) {
            kernels[band] = context.kernels()
                    .backward()
                    .convolutionWeights(
                            Layout.map(bands.length(band), columns, in),
                            Layout.any(out, in, 1, Winograd.TAPS),
                            layout,
                            Layout.map(bands.length(band), columns, out),
                            1,
                            new Padding(0, 0, 1));
            layout = kernels[band].weightGradient(
                    out, in, 1, Winograd.TAPS); // all bands share that of the first, as they are summed
        }
        this.gradient = layout;
        this.kernelFloats = layout.lineFloats();
        this.transformedInput = context.scratch(WinogradConvolution.transformedFloats(bands, columns, in));
        this.transformedGradient = context.scratch(WinogradConvolution.transformedFloats(bands, columns, out));
    }

    @Override
    public int bands() {
        return x.shape[0] * bands.count();
    }

    @Override
    public long floats() {
        return Winograd.N * kernelFloats;
    }

    @Override
    public void run(int worker, int band, long to) {
        int view = band / bands.count();
        int index = band % bands.count();
        long inputRows = ExecutionContext.workerScratch(transformedInput, worker);
        long gradientRows = ExecutionContext.workerScratch(transformedGradient, worker);
        input.run(worker, index, input.source(view, index), inputRows);
        outputGradient.run(worker, index, outputGradient.source(view, index), gradientRows);
        for (int i = 0; i < Winograd.N; i++) {
            kernels[index].run(
                    worker,
                    inputRows + 4L * i * bands.length(index) * inRow,
                    gradientRows + 4L * i * bands.length(index) * outRow,
                    to + 4 * i * kernelFloats);
        }
    }

    @Override
    public void finish(long sum, OneDnnTensor result) {
        int out = dy.channels();
        int in = x.channels();
        int rowValues = out * in * Winograd.TAPS;
        Kernels kernels = context.kernels();
        OneDnnTensor products = context.memory().tensor(Winograd.N, rowValues);
        Kernel unpack = kernels.reorder(gradient, Layout.dense(out, in, 1, Winograd.TAPS));
        for (int i = 0; i < Winograd.N; i++) {
            unpack.run(0, sum + 4 * i * kernelFloats, products.at((long) i * rowValues));
        }
        OneDnnTensor matrix = context.write(Winograd.WEIGHT_GRADIENT.output(), Winograd.TAPS, Winograd.N);
        OneDnnTensor taps = context.memory().tensor(Winograd.TAPS, out * in, Winograd.TAPS); // row, (out, in), column
        kernels.matmul(
                        Layout.dense(Winograd.TAPS, Winograd.N),
                        Layout.dense(Winograd.N, rowValues),
                        null,
                        Layout.dense(Winograd.TAPS, rowValues))
                .run(0, matrix.at(0), products.at(0), taps.at(0));
        kernels.reorder(
                        Layout.dense(Winograd.TAPS, (long) out * in, Winograd.TAPS),
                        Layout.strided(
                                new long[] {Winograd.TAPS, (long) out * in, Winograd.TAPS},
                                Winograd.TAPS,
                                Winograd.TAPS * Winograd.TAPS,
                                1))
                .run(0, taps.at(0), result.at(0));
    }
}
