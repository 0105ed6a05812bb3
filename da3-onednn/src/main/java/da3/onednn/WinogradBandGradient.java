package da3.onednn;

import da3.onednn.BackwardKernels.Padding;

/**
 * The weight gradient with half the multiplications: {@link Winograd} in the vertical direction, with the rows of dy as
 * kernels. A part consists of the gradients of six 1x3 kernels.
 */
final class WinogradBandGradient implements BandGradient {
    private static final int TAPS = 3;

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
        Layout[] preferred = {Layout.any(out, in, 1, TAPS)}; // all bands share a layout, since they are summed
        this.kernels = bands.kernels(n -> {
            Kernel kernel = context.kernels()
                    .backward()
                    .convolutionWeights(
                            Layout.map(n, columns, in),
                            Layout.any(out, in, 1, TAPS),
                            preferred[0],
                            Layout.map(n, columns, out),
                            1,
                            new Padding(0, 0, 1));
            preferred[0] = kernel.weightGradient(out, in, 1, TAPS);
            return kernel;
        });
        this.gradient = preferred[0];
        this.transformedInput = context.scratch(WinogradConvolution.transformedFloats(bands, columns, in));
        this.transformedGradient = context.scratch(WinogradConvolution.transformedFloats(bands, columns, out));
    }

    @Override
    public int bands() {
        return x.shape[0] * bands.count();
    }

    @Override
    public long floats() {
        return Winograd.N * kernelFloats();
    }

    private long kernelFloats() {
        return AlignedBuffer.wholeLines(gradient.floats());
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
                    to + 4 * i * kernelFloats());
        }
    }

    @Override
    public void finish(long sum, OneDnnTensor result) {
        int out = dy.channels();
        int in = x.channels();
        int rowValues = out * in * TAPS;
        Kernels kernels = context.kernels();
        OneDnnTensor products = context.memory().tensor(Winograd.N, rowValues);
        Kernel unpack = kernels.reorder(gradient, Layout.dense(out, in, 1, TAPS));
        for (int i = 0; i < Winograd.N; i++) {
            unpack.run(0, sum + 4 * i * kernelFloats(), products.at((long) i * rowValues));
        }
        OneDnnTensor matrix = context.write(Winograd.WEIGHT_GRADIENT.output(), TAPS, Winograd.N);
        OneDnnTensor taps = context.memory().tensor(TAPS, out * in, TAPS); // row, (out, in), column
        kernels.matmul(
                        Layout.dense(TAPS, Winograd.N),
                        Layout.dense(Winograd.N, rowValues),
                        null,
                        Layout.dense(TAPS, rowValues))
                .run(0, matrix.at(0), products.at(0), taps.at(0));
        kernels.reorder(
                        Layout.dense(TAPS, (long) out * in, TAPS),
                        Layout.strided(new long[] {TAPS, (long) out * in, TAPS}, TAPS, TAPS * TAPS, 1))
                .run(0, taps.at(0), result.at(0));
    }
}
