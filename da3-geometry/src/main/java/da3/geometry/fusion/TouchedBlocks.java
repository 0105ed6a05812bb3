package da3.geometry.fusion;

import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.concurrent.Parallel;
import da3.geometry.math.Vec3;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/** Which blocks a view's surface passes, or passes within the truncation. */
final class TouchedBlocks {

    private static final int BAND_ROWS = 16;

    private final SurfacePixels pixels;
    private final Pose toWorld;
    private final double reach;
    private final double side;
    private final int most;

    private TouchedBlocks(SurfacePixels pixels, double truncation, double voxelSize, int most) {
        this.pixels = pixels;
        this.toWorld = pixels.camera.pose().inverse();
        this.reach = truncation;
        this.side = VoxelBlocks.SIDE * voxelSize;
        this.most = most;
    }

    /**
     * Offers every block to {@code wanted}, some more than once, until it wants no more.
     *
     * @param most where there are more blocks than this, some may be left out, but more than so many are offered
     * @throws IllegalArgumentException if a point lies too many voxels from the origin to be numbered
     */
    static void offer(
            SurfacePixels pixels, double truncation, double voxelSize, int threads, int most, LongPredicate wanted) {
        TouchedBlocks touched = new TouchedBlocks(pixels, truncation, voxelSize, most);
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
            for (int x = 0; x < pixels.width && keys.size() <= most; x++) {
                double inverse = pixels.inverse[y * pixels.width + x];
                if (inverse > 0) {
                    double z = 1 / inverse;
                    add(
                            toWorld.transform(
                                    new Vec3((x + 0.5 - k.cx()) / k.fx() * z, (y + 0.5 - k.cy()) / k.fy() * z, z)),
                            keys);
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
        // One short of the bounds: neighbors are looked for.
        if (!(Math.abs(block) < BlockKeys.BOUND - 1)) {
            double fitting = Math.abs(coordinate) / VoxelBlocks.SIDE / (BlockKeys.BOUND - 2);
            throw new IllegalArgumentException("voxel size is " + side / VoxelBlocks.SIDE + ", too small for a point "
                    + Math.abs(coordinate) + " from the origin; legal there: above " + fitting);
        }
        return (int) block;
    }
}
