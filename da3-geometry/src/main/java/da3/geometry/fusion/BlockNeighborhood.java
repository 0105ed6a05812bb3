package da3.geometry.fusion;

import java.util.Arrays;

/** The distances in a block and in the voxels around it: one before it and two after it along each axis. */
final class BlockNeighborhood {

    static final int BEFORE = 1;
    static final int SIDE = VoxelBlocks.SIDE + 3;

    private final VoxelBlocks blocks;
    private final double minWeight;

    /** Numbers of the 27 blocks around and including the central one, x fastest; -1 where a block is absent. */
    private final int[] neighbors = new int[27];

    /** Signed distances; NaN where a voxel is unknown. */
    private final float[] distance = new float[SIDE * SIDE * SIDE];

    BlockNeighborhood(VoxelBlocks blocks, int block, double minWeight) {
        this.blocks = blocks;
        this.minWeight = minWeight;
        long key = blocks.keys().key(block);
        for (int i = 0; i < 27; i++) {
            neighbors[i] = blocks.keys()
                    .find(BlockKeys.key(
                            BlockKeys.x(key) + i % 3 - 1,
                            BlockKeys.y(key) + i / 3 % 3 - 1,
                            BlockKeys.z(key) + i / 9 - 1));
        }
        Arrays.fill(distance, Float.NaN);
        for (int z = -BEFORE; z < SIDE - BEFORE; z++) {
            for (int y = -BEFORE; y < SIDE - BEFORE; y++) {
                for (int x = -BEFORE; x < SIDE - BEFORE; x++) {
                    read(x, y, z);
                }
            }
        }
    }

    private void read(int x, int y, int z) {
        int block = block(x, y, z);
        if (block >= 0) {
            float[] page = blocks.page(block);
            int at = VoxelBlocks.offset(block) + voxel(x, y, z);
            float weight = page[at + VoxelBlocks.WEIGHT];
            if (weight > 0 && weight >= minWeight) {
                distance[index(x, y, z)] = page[at];
            }
        }
    }

    static int index(int x, int y, int z) {
        return ((z + BEFORE) * SIDE + y + BEFORE) * SIDE + x + BEFORE;
    }

    /** Returns the change of {@link #index} for one voxel along an axis. */
    static int step(int axis) {
        return axis == 0 ? 1 : axis == 1 ? SIDE : SIDE * SIDE;
    }

    /** Returns the signed distance of a voxel; NaN where it is unknown. */
    float distance(int index) {
        return distance[index];
    }

    /** Returns whether the surface crosses the edge from a voxel to the next one. */
    boolean crosses(int index, int step) {
        float a = distance[index];
        float b = distance[index + step];
        // Comparisons with NaN are false, so an edge to an unknown voxel is not crossed.
        return a < 0 && b >= 0 || a >= 0 && b < 0;
    }

    /**
     * Returns the number of the block of a voxel, whose coordinates start at the corner of the central block; -1 if
     * absent.
     */
    int block(int x, int y, int z) {
        return neighbors[((z + 8 >> 3) * 3 + (y + 8 >> 3)) * 3 + (x + 8 >> 3)];
    }

    static int voxel(int x, int y, int z) {
        return VoxelBlocks.voxel(x & 7, y & 7, z & 7);
    }

    /**
     * Returns the slope of the distance along an axis: the central difference, a one-sided one where one neighbor is
     * unknown, or 0 where both are.
     */
    double slope(int index, int step) {
        double before = distance[index] - distance[index - step];
        double after = distance[index + step] - distance[index];
        if (Double.isNaN(before)) {
            return Double.isNaN(after) ? 0 : after;
        }
        return Double.isNaN(after) ? before : (before + after) / 2;
    }

    /** Returns color channel {@code c} of a voxel; NaN where it has no color. */
    double color(int x, int y, int z, int c) {
        int block = block(x, y, z);
        float[] page = blocks.page(block);
        int at = VoxelBlocks.offset(block) + voxel(x, y, z);
        return page[at + VoxelBlocks.COLOR_WEIGHT] > 0
                ? page[at + VoxelBlocks.COLOR + c * VoxelBlocks.VOXELS]
                : Double.NaN;
    }
}
