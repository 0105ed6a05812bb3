package da3.onednn;

import da3.nn.Activation;
import da3.onednn.WinogradWeight.Factor;
import java.util.function.Function;

/**
 * A 3x3 convolution of float32 maps with half the multiplications: {@link Winograd} in the vertical direction, and
 * direct convolution in the horizontal one. Since only one direction is transformed, the transforms are sums of whole
 * rows, and rounding errors stay small.
 *
 * <p>A tile is four result rows. The six input rows around it become six transformed rows, which are convolved with
 * six 1x3 kernels; four sums of the six products are the result. A task computes a band of tiles, so that its scratch
 * memory stays in cache.
 */
final class WinogradConvolution {

    /** Floats of the transformed rows of a band of more than one tile: half of a typical second-level cache. */
    private static final long MAX_BAND_FLOATS = 1 << 18;

    private final ExecutionContext context;
    private final Tiling bands;
    private final OneDnnTensor x; // (views, rows, columns, in)
    private final OneDnnTensor y; // (views, rows, columns, out)
    private final OneDnnTensor residual; // as y, or null
    private final Activation before;
    private final long bias;
    private final int rows;
    private final int inRow; // values of a row of x
    private final int outRow; // values of a row of y
    private final WinogradTransform input;
    private final OneDnnTensor outputMatrix;
    private final Kernel[] combine; // by the number of result rows of a tile
    private final Kernel[] activations; // by band, as are the next two
    private final Kernel[] withoutBias;
    private final Kernel[] withBias;
    private final Factor factor;
    private final OneDnnTensor activated; // scratch memory, as are the next two
    private final OneDnnTensor transformed;
    private final OneDnnTensor products;

    /**
     * Prepares y = after(conv(before(x)) + bias + residual), with scratch memory in the innermost scope.
     *
     * @param weights returns the transformed kernels in the layout of a 1x3 convolution
     * @param bias address, or 0
     * @param residual may be null
     */
    WinogradConvolution(
            ExecutionContext context,
            OneDnnTensor x,
            Activation before,
            Function<Layout, Factor> weights,
            long bias,
            OneDnnTensor residual,
            Activation after,
            OneDnnTensor y) {
        int columns = y.shape[2];
        int in = x.channels();
        int out = y.channels();
        Kernels kernels = context.kernels();
        this.context = context;
        this.bands = bands(y.shape[1], columns, in, out, context.threads().workers());
        this.x = x;
        this.y = y;
        this.residual = residual;
        this.before = before;
        this.bias = bias;
        this.rows = y.shape[1];
        this.inRow = columns * in;
        this.outRow = columns * out;
        this.input = WinogradTransform.ofInput(context, x, bands);
        this.outputMatrix = context.write(Winograd.CONVOLUTION.output(), Winograd.TILE_ROWS, Winograd.N);
        this.combine = new Kernel[Winograd.TILE_ROWS + 1];
        for (int n : new int[] {Winograd.TILE_ROWS, (rows - 1) % Winograd.TILE_ROWS + 1}) {
            combine[n] = kernels.matmul(
                    Layout.dense(n, Winograd.N),
                    Layout.matrix(Winograd.N, outRow, (long) bands.tileSize() * outRow),
                    null,
                    Layout.dense(n, outRow),
                    PostOp.finishing(residual == null ? null : Layout.dense(n, outRow), after));
        }
        this.activations = new Kernel[bands.count()];
        for (int band = 0; band < activations.length && before != Activation.NONE; band++) {
            activations[band] = kernels.function(
                    Layout.dense((long) input.inputRows(band) * inRow), (PostOp.Function) PostOp.of(before));
        }
        Layout any = Layout.any(out, in, 1, Winograd.TAPS);
        Layout layout = convolution(bands.tileSize(), columns, in, out, any, null)
                .weights(out, in, 1, Winograd.TAPS); // all bands share that of the first
        this.withoutBias = bands.kernels(n -> convolution(n, columns, in, out, layout, null));
        this.withBias =
                bias == 0 ? null : bands.kernels(n -> convolution(n, columns, in, out, layout, Layout.dense(out)));
        this.factor = weights.apply(layout);
        this.activated = before == Activation.NONE ? null : context.scratch(inputFloats(bands, columns, in));
        this.transformed = context.scratch(transformedFloats(bands, columns, in));
        this.products = context.scratch(transformedFloats(bands, columns, out));
    }

    /** Returns the product of a band of transformed rows, (tiles, columns, in), and a 1x3 kernel. */
    private Kernel convolution(int tiles, int columns, int in, int out, Layout weights, Layout bias) {
        return context.kernels()
                .convolution(
                        Layout.map(tiles, columns, in), weights, bias, Layout.map(tiles, columns, out), 1, 0, 0, 1);
    }

    /** Returns bands of the tiles of a map. */
    static Tiling bands(int rows, int columns, int in, int out, int workers) {
        int tiles = (rows + Winograd.TILE_ROWS - 1) / Winograd.TILE_ROWS;
        return Tiling.balanced(tiles, MAX_BAND_FLOATS / ((long) Winograd.N * columns * (in + out)), 1, workers);
    }

    /** Returns the floats of a band's input after an activation. */
    static long inputFloats(Tiling bands, int columns, int in) {
        return ((long) bands.tileSize() * Winograd.TILE_ROWS + 2) * columns * in;
    }

    /** Returns the floats of the transformed rows of a band, for the input or the result. */
    static long transformedFloats(Tiling bands, int columns, int channels) {
        return AlignedBuffer.wholeLines((long) Winograd.N * bands.tileSize() * columns * channels);
    }

    /** Returns the tasks that compute y. */
    Work work() {
        return Work.of(
                x.shape[0] * bands.count(), (worker, task) -> run(worker, task / bands.count(), task % bands.count()));
    }

    private void run(int worker, int view, int band) {
        int tiles = bands.length(band);
        long source = input.source(view, band);
        if (before != Activation.NONE) {
            long to = ExecutionContext.workerScratch(activated, worker);
            activations[band].run(worker, source, to);
            source = to;
        }
        long transformedRows = ExecutionContext.workerScratch(transformed, worker);
        long productRows = ExecutionContext.workerScratch(products, worker);
        input.run(worker, band, source, transformedRows);
        for (int i = 0; i < Winograd.N; i++) {
            long b = i == Winograd.BIAS_PRODUCT ? bias : 0;
            Kernel kernel = (b == 0 ? withoutBias : withBias)[band];
            long from = transformedRows + 4L * i * tiles * inRow;
            long to = productRows + 4L * i * bands.tileSize() * outRow;
            kernel.run(worker, from, factor.kernel(i), b, to);
        }
        for (int i = 0; i < tiles; i++) {
            int row = (bands.start(band) + i) * Winograd.TILE_ROWS;
            long target = ((long) view * rows + row) * outRow;
            combine[Math.min(Winograd.TILE_ROWS, rows - row)].run(
                    worker,
                    outputMatrix.at(0),
                    productRows + 4L * i * outRow,
                    y.at(target),
                    residual == null ? 0 : residual.at(target));
        }
    }
}
