package da3.onednn;

/**
 * The transform of the input of {@link Winograd}: the six rows around a tile, from the one above it to the one below it,
 * become six transformed rows. Rows outside the map are zeros, whose columns of the matrix are left out.
 */
final class WinogradInput {

    private final int rows;
    private final OneDnnTensor matrix;
    private final Kernel[] kernels; // by the number of rows inside the map

    /**
     * @param rows rows of the map
     * @param rowValues values of a row
     * @param stride values between transformed rows
     */
    WinogradInput(ExecutionContext context, int rows, int rowValues, long stride) {
        this.rows = rows;
        this.matrix = context.write(Winograd.CONVOLUTION.input(), Winograd.N, Winograd.N);
        this.kernels = new Kernel[Winograd.N + 1];
        int tiles = (rows + Winograd.TILE_ROWS - 1) / Winograd.TILE_ROWS;
        for (int tile : new int[] {0, Math.min(1, tiles - 1), tiles - 1}) {
            int count = count(tile);
            kernels[count] = context.kernels()
                    .matmul(
                            Layout.matrix(Winograd.N, count, Winograd.N),
                            Layout.dense(count, rowValues),
                            null,
                            Layout.matrix(Winograd.N, rowValues, stride));
        }
    }

    /** Returns the first row inside the map on which a tile depends. */
    int firstRow(int tile) {
        return Math.max(0, tile * Winograd.TILE_ROWS - 1);
    }

    /** Returns the number of rows inside the map on which a tile depends. */
    int count(int tile) {
        return Math.min(rows, (tile + 1) * Winograd.TILE_ROWS + 1) - firstRow(tile);
    }

    /** @param from address of the first row inside the map */
    void transform(int worker, int tile, long from, long to) {
        kernels[count(tile)].run(worker, matrix.at(tile == 0 ? 1 : 0), from, to);
    }
}
