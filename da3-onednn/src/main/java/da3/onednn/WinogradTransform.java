package da3.onednn;

/**
 * A transform of the rows of a map by a matrix of {@link Winograd}, for a band of tiles at a time. Transformed row i of
 * a tile is the sum of its rows with the weights in row i of the matrix. As a tile starts every four rows, this is a
 * depthwise convolution with stride 4 for each i.
 */
final class WinogradTransform {

    private final OneDnnTensor x; // (views, rows, columns, c)
    private final int above;
    private final int taps;
    private final Tiling bands;
    private final Kernel[] kernels; // by band
    private final long[] weights; // by row of the matrix

    /**
     * @param matrix (n, taps)
     * @param above rows of a tile before its first row of the result; rows outside the map are zeros
     */
    private WinogradTransform(ExecutionContext context, float[] matrix, int above, OneDnnTensor x, Tiling bands) {
        this.x = x;
        this.above = above;
        this.taps = matrix.length / Winograd.N;
        this.bands = bands;
        this.kernels = new Kernel[bands.count()];
        this.weights = new long[Winograd.N];
        int c = x.channels();
        Layout layout = Layout.any(c, 1, 1, taps, 1);
        for (int band = 0; band < kernels.length; band++) {
            if (band > 0 && haveSameKernel(band - 1, band)) {
                kernels[band] = kernels[band - 1];
                continue;
            }
            kernels[band] = context.kernels()
                    .depthwiseConvolution(
                            Layout.map(inputRows(band), x.shape[2], c),
                            layout,
                            Layout.map(bands.length(band), x.shape[2], c),
                            Winograd.TILE_ROWS,
                            padTop(band),
                            padBottom(band));
            layout = kernels[band].weights(c, 1, 1, taps, 1); // all bands share that of the first
        }
        Kernel pack = context.kernels().reorder(Layout.dense(c, 1, 1, taps, 1), layout);
        int floats = Math.toIntExact(layout.lineFloats());
        OneDnnTensor packed = context.memory().tensor(Winograd.N, floats);
        float[] perChannel = new float[c * taps];
        for (int i = 0; i < Winograd.N; i++) {
            for (int j = 0; j < perChannel.length; j++) {
                perChannel[j] = matrix[i * taps + j % taps];
            }
            weights[i] = packed.at((long) i * floats);
            try (var scope = context.memory().scope()) {
                pack.run(0, context.write(perChannel, c, taps).at(0), weights[i]);
            }
        }
    }

    /** Returns the floats of the matrix as weights of a convolution. */
    static long floats(int channels) {
        return Winograd.N * AlignedBuffer.wholeLines((long) Winograd.N * channels);
    }

    /** Returns the transform of the six input rows of each tile. */
    static WinogradTransform ofInput(ExecutionContext context, OneDnnTensor x, Tiling bands) {
        return new WinogradTransform(context, Winograd.CONVOLUTION.input(), 1, x, bands);
    }

    /** Returns the transform of the four rows of the output gradient of each tile. */
    static WinogradTransform ofGradient(ExecutionContext context, OneDnnTensor dy, Tiling bands) {
        return new WinogradTransform(context, Winograd.WEIGHT_GRADIENT.kernel(), 0, dy, bands);
    }

    private int firstTap(int band) {
        return bands.start(band) * Winograd.TILE_ROWS - above;
    }

    private int lastTap(int band) {
        return (bands.start(band) + bands.length(band) - 1) * Winograd.TILE_ROWS - above + taps - 1;
    }

    /** Returns the first row of the map on which a band depends. */
    private int firstRow(int band) {
        return Math.max(0, firstTap(band));
    }

    private int lastRow(int band) {
        return Math.min(x.shape[1] - 1, lastTap(band));
    }

    private int padTop(int band) {
        return firstRow(band) - firstTap(band);
    }

    private int padBottom(int band) {
        return lastTap(band) - lastRow(band);
    }

    private boolean haveSameKernel(int a, int b) {
        return bands.length(a) == bands.length(b) && padTop(a) == padTop(b) && padBottom(a) == padBottom(b);
    }

    /** Returns the number of rows of the map on which a band depends. */
    int inputRows(int band) {
        return lastRow(band) - firstRow(band) + 1;
    }

    /** Returns the address of the first of these rows. */
    long source(int view, int band) {
        return x.at(((long) view * x.shape[1] + firstRow(band)) * x.shape[2] * x.channels());
    }

    /**
     * Writes the transformed rows of a band, ordered by row of the matrix and then by tile.
     *
     * @param from address of the first row on which the band depends
     */
    void run(int worker, int band, long from, long to) {
        long values = (long) bands.length(band) * x.shape[2] * x.channels();
        for (int i = 0; i < Winograd.N; i++) {
            kernels[band].run(worker, from, weights[i], to + 4 * i * values);
        }
    }
}
