package da3.geometry.fusion;

import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.geometry.concurrent.Parallel;
import da3.geometry.math.Vec3;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/** The blocks within the truncation of the surface that a view shows. */
final class TouchedBlocks {

    private static final int BAND_ROWS = 16;

    private final SurfacePixels pixels;
    private final Pose toWorld;
    private final double reach;
    private final double side;
    private final int limit;

    private TouchedBlocks(SurfacePixels pixels, double truncation, double voxelSize, int limit) {
        this.pixels = pixels;
        this.toWorld = pixels.camera.pose().inverse();
        this.reach = truncation;
        this.side = VoxelBlocks.SIDE * voxelSize;
        this.limit = limit;
    }

    /**
     * Offers every block to {@code wanted}, some more than once, until it returns false.
     *
     * @param limit if there are more blocks than this, some may be omitted, but more than {@code limit} are offered
     * @throws IllegalArgumentException if a point is too many voxels away from the origin to be numbered
     */
    static void offer(
            SurfacePixels pixels, double truncation, double voxelSize, int threads, int limit, LongPredicate wanted) {
        TouchedBlocks touched = new TouchedBlocks(pixels, truncation, voxelSize, limit);
        int bands = (pixels.height + BAND_ROWS - 1) / BAND_ROWS;
        BlockKeys[] found = new BlockKeys[bands];
        Parallel.forEach(bands, threads, band -> found[band] = touched.band(band));
        for (BlockKeys keys : found) {
            if (!IntStream.range(0, keys.size()).allMatch(n -> wanted.test(keys.key(n)))) {
                return;
            }
        }
    }

    private BlockKeys band(int band) {
        BlockKeys keys = new BlockKeys();
        Intrinsics k = pixels.camera.intrinsics();
        for (int y = band * BAND_ROWS; y < Math.min(pixels.height, (band + 1) * BAND_ROWS); y++) {
            for (int x = 0; x < pixels.width && keys.size() <= limit; x++) {
                double inverse = pixels.inverse[y * pixels.width + x];
                if (inverse > 0) {
                    double z = 1 / inverse;
                    add(toWorld.transform(k.unproject(x + 0.5, y + 0.5, z)), keys);
                }
            }
        }
        return keys;
    }

    private void add(Vec3 p, BlockKeys keys) {
        int toX = block(p.x() + reach);
        int toY = block(p.y() + reach);
        int toZ = block(p.z() + reach);
        for (int z = block(p.z() - reach); z <= toZ; z++) {
            for (int y = block(p.y() - reach); y <= toY; y++) {
                for (int x = block(p.x() - reach); x <= toX; x++) {
                    keys.add(BlockKeys.key(x, y, z));
                }
            }
        }
    }

    private int block(double coordinate) {
        double block = Math.floor(coordinate / side);
        // One less than the bound, because adjacent blocks are looked up too.
        if (!(Math.abs(block) < BlockKeys.BOUND - 1)) {
            double fitting = Math.abs(coordinate) / VoxelBlocks.SIDE / (BlockKeys.BOUND - 2);
            throw Check.invalid(
                    "voxel size for a point " + Math.abs(coordinate) + " from the origin",
                    "above " + fitting,
                    side / VoxelBlocks.SIDE);
        }
        return (int) block;
    }
}
