package da3.geometry.fusion;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/** Refuses before memory is taken, and says what would fit. */
final class MemoryBound {

    /** Of the heap that is free; the rest is for the mesh. */
    private static final double SHARE_OF_HEAP = 0.75;

    private static final double COARSER = 1.1892071150027210667; // 2^(1/4)

    /** Times the voxel size that was asked for: where even this does not fit, there is hardly memory for a point. */
    private static final double COARSEST = 1 << 20;

    private MemoryBound() {}

    /** Blocks that may be added to those there are. */
    static int blocksLeft(TsdfOptions options, int present) {
        Runtime runtime = Runtime.getRuntime();
        long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
        long wanted = options.maxBytes() / VoxelBlocks.BYTES_PER_BLOCK - present;
        long held = (long) (SHARE_OF_HEAP * free / VoxelBlocks.BYTES_PER_BLOCK);
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE - present, Math.min(wanted, held)));
    }

    /**
     * The blocks of all views together, in ascending order.
     *
     * @throws IllegalStateException if they do not fit; the message gives a voxel size that was tried and does
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
            // Rounded before it is tried, so that what is said is what was tried.
            size = roundedUp(size * COARSER);
            double truncation = options.truncation() / options.voxelSize() * size;
            blocks = touched(views, truncation, size, options.threads(), limit).size();
        } while (blocks > limit && size < COARSEST * options.voxelSize());
        return blocks > limit ? Double.POSITIVE_INFINITY : size;
    }

    /** One more than the limit, where there are more. */
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

    /** @param fitting infinite where there is none */
    static IllegalStateException refusal(String what, TsdfOptions options, long limit, double fitting) {
        String size =
                Double.isInfinite(fitting) ? "no voxel size fits" : "a voxel size of " + roundedUp(fitting) + " fits";
        return new IllegalStateException("the " + what + " with voxels of " + options.voxelSize() + " needs more than "
                + limit * VoxelBlocks.BYTES_PER_BLOCK + " bytes, which is what the limit of " + options.maxBytes()
                + " and the heap leave; " + size);
    }

    /** To three digits. */
    private static double roundedUp(double size) {
        return BigDecimal.valueOf(size)
                .round(new MathContext(3, RoundingMode.UP))
                .doubleValue();
    }
}
