package da3.geometry.fusion;

import java.util.ArrayList;
import java.util.List;

/**
 * Blocks of 8x8x8 voxels, by their coordinates. Voxel (i, j, k) has its center at {@code (i + 0.5, j + 0.5, k + 0.5) *
 * voxelSize}. Blocks live in pages of 32, each one float array, so that millions of voxels are few objects.
 */
final class VoxelBlocks {

    static final int SIDE = 8;
    static final int VOXELS = SIDE * SIDE * SIDE;

    /** What a voxel has, each a plane of the block's 512 floats. */
    static final int DISTANCE = 0;

    static final int WEIGHT = VOXELS;

    /** Three planes. */
    static final int COLOR = 2 * VOXELS;

    /** Of the color: less than the other where the voxel was carved. */
    static final int COLOR_WEIGHT = 5 * VOXELS;

    static final int FLOATS = 6 * VOXELS;

    /** 24 bytes for each of 512 voxels, and at most 48 to find the block by. */
    static final int BYTES_PER_BLOCK = FLOATS * Float.BYTES + 48;

    private static final int PAGE_SHIFT = 5;

    private final BlockKeys keys = new BlockKeys();
    private final List<float[]> pages = new ArrayList<>();

    int count() {
        return keys.size();
    }

    BlockKeys keys() {
        return keys;
    }

    void allocate(long key) {
        int block = keys.add(key);
        if (block >> PAGE_SHIFT == pages.size()) {
            pages.add(new float[FLOATS << PAGE_SHIFT]);
        }
    }

    /** The array that a block's floats are in, from {@link #offset} on. */
    float[] page(int block) {
        return pages.get(block >> PAGE_SHIFT);
    }

    static int offset(int block) {
        return (block & (1 << PAGE_SHIFT) - 1) * FLOATS;
    }

    /** Of a voxel in its block, each coordinate 0 to 7. */
    static int voxel(int x, int y, int z) {
        return (z * SIDE + y) * SIDE + x;
    }
}
