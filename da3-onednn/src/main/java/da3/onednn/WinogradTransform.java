package da3.onednn;

/**
 * A transform of the rows of a map by a matrix of {@link Winograd}, for a band of tiles at a time. Transformed row i of
 * a tile is the sum of its rows with the weights in row i of the matrix: a matrix product. The tiles at the top and
 * bottom of a map have fewer rows, since rows outside the map are zeros.
 */
final class WinogradTransform {

    private final OneDnnTensor x; // (views, rows, columns, c)
    private final int rowValues;
    private final int above;
    private final int taps;
    private final Tiling bands;
    private final OneDnnTensor matrix; // (n, taps)
    private final Kernel[][] kernels; // by band and number of rows of a tile

    /**
     * @param matrix (n, taps)
     * @param above rows of a tile before its first row of the result
     */
    private WinogradTransform(ExecutionContext context, float[] matrix, int above, OneDnnTensor x, Tiling bands) {
        this.x = x;
        this.rowValues = x.shape[2] * x.channels();
        this.above = above;
        this.taps = matrix.length / Winograd.N;
        this.bands = bands;
        this.matrix = context.write(matrix, Winograd.N, taps);
        this.kernels = new Kernel[bands.count()][];
        for (int band = 0; band < kernels.length; band++) {
            boolean sameLength = band > 0 && bands.length(band) == bands.length(0);
            kernels[band] = sameLength ? kernels[0] : new Kernel[taps + 1];
            long values = (long) bands.length(band) * rowValues;
            for (int tile = firstTile(band); tile <= lastTile(band); tile++) {
                int rows = lastRow(tile) - firstRow(tile) + 1;
                if (kernels[band][rows] == null) {
                    kernels[band][rows] = context.kernels()
                            .matmul(
                                    Layout.matrix(Winograd.N, rows, taps),
                                    Layout.dense(rows, rowValues),
                                    null,
                                    Layout.matrix(Winograd.N, rowValues, values));
                }
            }
        }
    }

    /** Returns the transform of the six input rows of each tile. */
    static WinogradTransform ofInput(ExecutionContext context, OneDnnTensor x, Tiling bands) {
        return new WinogradTransform(context, Winograd.CONVOLUTION.input(), 1, x, bands);
    }

    /** Returns the transform of the four rows of the output gradient of each tile. */
    static WinogradTransform ofGradient(ExecutionContext context, OneDnnTensor dy, Tiling bands) {
        return new WinogradTransform(context, Winograd.WEIGHT_GRADIENT.kernel(), 0, dy, bands);
    }

    private int firstTile(int band) {
        return bands.start(band);
    }

    private int lastTile(int band) {
        return bands.start(band) + bands.length(band) - 1;
    }

    /** Returns the row of the first weight, which may be outside the map. */
    private int firstTap(int tile) {
        return tile * Winograd.TILE_ROWS - above;
    }

    private int firstRow(int tile) {
        return Math.max(0, firstTap(tile));
    }

    private int lastRow(int tile) {
        return Math.min(x.shape[1] - 1, firstTap(tile) + taps - 1);
    }

    /** Returns the number of rows of the map on which a band depends. */
    int inputRows(int band) {
        return lastRow(lastTile(band)) - firstRow(firstTile(band)) + 1;
    }

    /** Returns the address of the first of these rows. */
    long source(int view, int band) {
        return x.at(((long) view * x.shape[1] + firstRow(firstTile(band))) * rowValues);
    }

    /**
     * Writes the transformed rows of a band, ordered by row of the matrix and then by tile.
     *
     * @param from address of the first row on which the band depends
     */
    void run(int worker, int band, long from, long to) {
        int first = firstTile(band);
        for (int tile = first; tile <= lastTile(band); tile++) {
            int row = firstRow(tile);
            kernels[band][lastRow(tile) - row + 1].run(
                    worker,
                    matrix.at(row - firstTap(tile)),
                    from + 4L * (row - firstRow(first)) * rowValues,
                    to + 4L * (tile - first) * rowValues);
        }
    }
}
