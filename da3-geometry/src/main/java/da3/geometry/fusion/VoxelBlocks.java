package da3.geometry.fusion;

import java.util.ArrayList;
import java.util.List;

/**
 * The voxel blocks of a volume, each with 8x8x8 voxels. Voxel (i, j, k) has its center at
 * {@code (i + 0.5, j + 0.5, k + 0.5) * voxelSize}. Blocks are stored in pages of 32, one float array per page, to keep
 * the number of objects small.
 */
final class VoxelBlocks {

    static final int SIDE = 8;
    static final int VOXELS = SIDE * SIDE * SIDE;

    /** Offsets of the values of voxels in a block; each value is a plane of 512 floats. */
    static final int DISTANCE = 0;

    static final int WEIGHT = VOXELS;

    /** Three planes: red, green, blue. */
    static final int COLOR = 2 * VOXELS;

    /** Weight of the color; less than that of the distance where the voxel was carved. */
    static final int COLOR_WEIGHT = 5 * VOXELS;

    static final int FLOATS = 6 * VOXELS;

    /** 24 bytes for each of 512 voxels, and at most 48 for the index entry of the block. */
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

    /** Returns the array that contains the values of a block, from {@link #offset} on. */
    float[] page(int block) {
        return pages.get(block >> PAGE_SHIFT);
    }

    static int offset(int block) {
        return (block & (1 << PAGE_SHIFT) - 1) * FLOATS;
    }

    /** Returns the index of a voxel in its block; each coordinate is 0 to 7. */
    static int voxel(int x, int y, int z) {
        return (z * SIDE + y) * SIDE + x;
    }
}
