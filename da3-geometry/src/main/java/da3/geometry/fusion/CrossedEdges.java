package da3.geometry.fusion;

/**
 * The edges starting in the voxels of a block that the surface crosses, numbered without gaps. Stored as three bits per
 * voxel.
 */
final class CrossedEdges {

    private final long[] bits = new long[3 * VoxelBlocks.VOXELS / Long.SIZE];

    private final int count;

    CrossedEdges(BlockNeighborhood voxels) {
        int crossed = 0;
        for (int axis = 0; axis < 3; axis++) {
            for (int voxel = 0; voxel < VoxelBlocks.VOXELS; voxel++) {
                int index = BlockNeighborhood.index(voxel & 7, voxel >> 3 & 7, voxel >> 6);
                if (voxels.crosses(index, BlockNeighborhood.step(axis))) {
                    int edge = axis * VoxelBlocks.VOXELS + voxel;
                    bits[edge >> 6] |= 1L << edge;
                    crossed++;
                }
            }
        }
        this.count = crossed;
    }

    int count() {
        return count;
    }

    boolean isCrossed(int axis, int voxel) {
        int edge = axis * VoxelBlocks.VOXELS + voxel;
        return (bits[edge >> 6] >> edge & 1) == 1;
    }

    /** Returns the number of a crossed edge, which is the count of crossed edges before it. */
    int number(int axis, int voxel) {
        int edge = axis * VoxelBlocks.VOXELS + voxel;
        int number = Long.bitCount(bits[edge >> 6] & (1L << edge) - 1);
        for (int word = 0; word < edge >> 6; word++) {
            number += Long.bitCount(bits[word]);
        }
        return number;
    }
}
