package da3.geometry.fusion;

import java.util.Arrays;

/** A block's distances with those of the voxels around it: one before it and two after it along each axis. */
final class BlockNeighborhood {

    static final int BEFORE = 1;
    static final int SIDE = VoxelBlocks.SIDE + 3;

    private final VoxelBlocks blocks;
    private final double minWeight;

    /** 27 blocks around and including the middle one, x fastest; -1 where there is none. */
    private final int[] around = new int[27];

    /** NaN where a voxel is unknown. */
    private final float[] distance = new float[SIDE * SIDE * SIDE];

    BlockNeighborhood(VoxelBlocks blocks, int block, double minWeight) {
        this.blocks = blocks;
        this.minWeight = minWeight;
        long key = blocks.keys().key(block);
        for (int i = 0; i < 27; i++) {
            around[i] = blocks.keys()
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

    /** Of {@link #index}, one voxel along an axis. */
    static int step(int axis) {
        return axis == 0 ? 1 : axis == 1 ? SIDE : SIDE * SIDE;
    }

    /** NaN where a voxel is unknown. */
    float distance(int index) {
        return distance[index];
    }

    boolean crosses(int index, int step) {
        float a = distance[index];
        float b = distance[index + step];
        // Comparisons with NaN are false: an unknown voxel must not count as outside.
        return a < 0 && b >= 0 || a >= 0 && b < 0;
    }

    /** The block that a voxel lies in, its coordinates counted from the middle block's corner; -1 if there is none. */
    int block(int x, int y, int z) {
        return around[((z + 8 >> 3) * 3 + (y + 8 >> 3)) * 3 + (x + 8 >> 3)];
    }

    static int voxel(int x, int y, int z) {
        return VoxelBlocks.voxel(x & 7, y & 7, z & 7);
    }

    /** Along one axis, by the difference of both sides, or of that which is known; 0 if none is. */
    double slope(int index, int step) {
        double before = distance[index] - distance[index - step];
        double after = distance[index + step] - distance[index];
        if (Double.isNaN(before)) {
            return Double.isNaN(after) ? 0 : after;
        }
        return Double.isNaN(after) ? before : (before + after) / 2;
    }

    /** Channel c of a voxel, NaN where it has no color. */
    double color(int x, int y, int z, int c) {
        int block = block(x, y, z);
        float[] page = blocks.page(block);
        int at = VoxelBlocks.offset(block) + voxel(x, y, z);
        return page[at + VoxelBlocks.COLOR_WEIGHT] > 0
                ? page[at + VoxelBlocks.COLOR + c * VoxelBlocks.VOXELS]
                : Double.NaN;
    }
}
