package da3.geometry.fusion;

/** The vertices on the edges that start in the voxels of a block. */
final class BlockVertices {

    private final BlockNeighborhood voxels;
    private final long key;
    private final double size;
    private final double[] normal = new double[3];

    BlockVertices(BlockNeighborhood voxels, long key, double voxelSize) {
        this.voxels = voxels;
        this.key = key;
        this.size = voxelSize;
    }

    /** Writes positions, normals and colors from vertex {@code first} on, in the order of {@link CrossedEdges}. */
    void write(CrossedEdges crossed, int first, float[] positions, float[] normals, byte[] colors) {
        int at = 3 * first;
        for (int axis = 0; axis < 3; axis++) {
            for (int voxel = 0; voxel < VoxelBlocks.VOXELS; voxel++) {
                if (crossed.isCrossed(axis, voxel)) {
                    write(voxel & 7, voxel >> 3 & 7, voxel >> 6, axis, at, positions, normals, colors);
                    at += 3;
                }
            }
        }
    }

    private void write(int x, int y, int z, int axis, int at, float[] positions, float[] normals, byte[] colors) {
        int index = BlockNeighborhood.index(x, y, z);
        int step = BlockNeighborhood.step(axis);
        double start = voxels.distance(index);
        double end = voxels.distance(index + step);
        double part = start / (start - end);
        positions[at] = (float) (size * (8.0 * BlockKeys.x(key) + x + 0.5 + (axis == 0 ? part : 0)));
        positions[at + 1] = (float) (size * (8.0 * BlockKeys.y(key) + y + 0.5 + (axis == 1 ? part : 0)));
        positions[at + 2] = (float) (size * (8.0 * BlockKeys.z(key) + z + 0.5 + (axis == 2 ? part : 0)));
        double squared = 0;
        for (int c = 0; c < 3; c++) {
            int across = BlockNeighborhood.step(c);
            normal[c] = (1 - part) * voxels.slope(index, across) + part * voxels.slope(index + step, across);
            squared += normal[c] * normal[c];
        }
        if (squared == 0) {
            // Slopes that cancel out; the distance does change along the edge.
            normal[axis] = Math.signum(end - start);
            squared = 1;
        }
        for (int c = 0; c < 3; c++) {
            normals[at + c] = (float) (normal[c] / Math.sqrt(squared));
            double from = voxels.color(x, y, z, c);
            double to = voxels.color(x + (axis == 0 ? 1 : 0), y + (axis == 1 ? 1 : 0), z + (axis == 2 ? 1 : 0), c);
            // Within the truncation at least one end has a color.
            double mixed = Double.isNaN(from) ? to : Double.isNaN(to) ? from : (1 - part) * from + part * to;
            colors[at + c] = (byte) Math.round(mixed);
        }
    }
}
