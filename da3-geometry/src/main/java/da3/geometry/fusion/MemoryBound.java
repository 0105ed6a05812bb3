package da3.geometry.fusion;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/** The memory limit of a volume, checked before blocks are allocated. */
final class MemoryBound {

    /** Fraction of the free heap that blocks may use; the rest is for the mesh. */
    private static final double HEAP_FRACTION = 0.75;

    private static final double SIZE_STEP = 1.1892071150027210667; // 2^(1/4)

    /** Largest multiple of the requested voxel size that is tried. */
    private static final double MAX_SIZE_FACTOR = 1 << 20;

    private MemoryBound() {}

    /** Returns the number of blocks that may be added to {@code present} blocks. */
    static int blocksLeft(TsdfOptions options, int present) {
        Runtime runtime = Runtime.getRuntime();
        long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
        long allowed = options.maxBytes() / VoxelBlocks.BYTES_PER_BLOCK - present;
        long fitting = (long) (HEAP_FRACTION * free / VoxelBlocks.BYTES_PER_BLOCK);
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE - present, Math.min(allowed, fitting)));
    }

    /**
     * Returns the keys of the blocks of all views, ascending.
     *
     * @throws IllegalStateException if they do not fit into memory; the message names a voxel size that does
     */
    static long[] plan(List<SurfacePixels> views, TsdfOptions options) {
        int limit = blocksLeft(options, 0);
        BlockKeys keys = touched(views, options.truncation(), options.voxelSize(), options.threads(), limit);
        if (keys.size() <= limit) {
            return keys.sorted();
        }
        throw refusal("scene", options, limit, fitting(views, options, limit));
    }

    private static double fitting(List<SurfacePixels> views, TsdfOptions options, int limit) {
        double size = options.voxelSize();
        int blocks;
        do {
            // Rounded before the attempt, so that the message names a size that was tried.
            size = roundedUp(size * SIZE_STEP);
            double truncation = options.truncation() / options.voxelSize() * size;
            blocks = touched(views, truncation, size, options.threads(), limit).size();
        } while (blocks > limit && size < MAX_SIZE_FACTOR * options.voxelSize());
        return blocks > limit ? Double.POSITIVE_INFINITY : size;
    }

    /** Returns the blocks of all views, or more than {@code limit} of them if there are too many. */
    private static BlockKeys touched(
            List<SurfacePixels> views, double truncation, double voxelSize, int threads, int limit) {
        BlockKeys keys = new BlockKeys();
        for (SurfacePixels view : views) {
            if (keys.size() <= limit) {
                TouchedBlocks.offer(view, truncation, voxelSize, threads, limit, key -> {
                    keys.add(key);
                    return keys.size() <= limit;
                });
            }
        }
        return keys;
    }

    /**
     * Returns the exception for too many blocks.
     *
     * @param fitting a voxel size that fits; infinite if there is none
     */
    static IllegalStateException refusal(String what, TsdfOptions options, long limit, double fitting) {
        String size =
                Double.isInfinite(fitting) ? "no voxel size fits" : "a voxel size of " + roundedUp(fitting) + " fits";
        return new IllegalStateException("the " + what + " with voxels of " + options.voxelSize() + " needs more than "
                + limit * VoxelBlocks.BYTES_PER_BLOCK + " bytes, the memory available under the limit of "
                + options.maxBytes() + " bytes and in the heap; " + size);
    }

    /** Rounds up to three significant digits. */
    private static double roundedUp(double size) {
        return BigDecimal.valueOf(size)
                .round(new MathContext(3, RoundingMode.UP))
                .doubleValue();
    }
}
