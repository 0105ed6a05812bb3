package da3.onednn;

/** A range split into tiles of equal size; the last one may be smaller. */
record Tiling(int size, int tileSize) {

    private static final int TILES_PER_WORKER = 4;

    private static final int VECTOR = 16; // floats of AVX-512

    /** Splits a range into tiles of at most {@code maxTileSize}, as equal as possible. */
    static Tiling of(int size, long maxTileSize) {
        int tiles = (int) ((size + Math.max(1, maxTileSize) - 1) / Math.max(1, maxTileSize));
        return new Tiling(size, Math.max(1, (size + Math.max(1, tiles) - 1) / Math.max(1, tiles)));
    }

    /**
     * Splits a range into tiles of at most {@code maxTileSize}: one tile, or a multiple of four, so that two or four
     * workers finish at the same time; fewer where tiles would be empty. The tiles, and thus the order of sums, do not
     * depend on the number of workers.
     */
    static Tiling inFours(int size, long maxTileSize) {
        Tiling fewest = of(size, maxTileSize);
        int fours = roundUp(fewest.count(), 4);
        return fewest.count() <= 1 ? fewest : of(size, (size + fours - 1) / fours);
    }

    /**
     * Splits a range into tiles of at most {@code maxTileSize} whose number is a multiple of that of the workers, so
     * that all of them finish at the same time; fewer where tiles would be smaller than {@code minTileSize}.
     */
    static Tiling balanced(int size, long maxTileSize, int minTileSize, int workers) {
        int fewest = of(size, Math.max(minTileSize, maxTileSize)).count();
        int balanced = roundUp(fewest, workers);
        int most = Math.max(fewest, size / minTileSize);
        return of(size, (size + Math.min(balanced, most) - 1) / Math.max(1, Math.min(balanced, most)));
    }

    /**
     * Splits a range into several tiles for every worker, so that a slow worker does not delay the others. Their size
     * is a multiple of the width of a vector.
     */
    static Tiling fine(int size, int minTileSize, int workers) {
        int tileSize = Math.max(minTileSize, (size + TILES_PER_WORKER * workers - 1) / (TILES_PER_WORKER * workers));
        return new Tiling(size, roundUp(tileSize, VECTOR));
    }

    /**
     * Returns tiles whose size is rounded up to a multiple of a number, or to the whole range if that is smaller; the last
     * tile is smaller instead.
     */
    Tiling withMultiplesOf(int multiple) {
        return new Tiling(size, Math.max(1, Math.min(size, roundUp(tileSize, multiple))));
    }

    /** Returns the next multiple of a number. */
    static int roundUp(int value, int multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }

    /** Returns a range that is not split. */
    static Tiling whole(int size) {
        return new Tiling(size, size);
    }

    int count() {
        return (size + tileSize - 1) / tileSize;
    }

    int start(int tile) {
        return tile * tileSize;
    }

    int length(int tile) {
        return Math.min(tileSize, size - tile * tileSize);
    }

    /** Creates the kernel for tiles of a size. */
    interface KernelFactory {
        Kernel create(int size);
    }

    /** Returns the kernel of every tile. */
    Kernel[] kernels(KernelFactory factory) {
        Kernel[] kernels = new Kernel[count()];
        for (int i = 0; i < kernels.length; i++) {
            kernels[i] = i > 0 && length(i) == tileSize ? kernels[0] : factory.create(length(i));
        }
        return kernels;
    }
}
