package da3.geometry.points;

import da3.geometry.check.Check;

/**
 * Points thinned to the mean of those in each voxel, in double precision. The grid begins half a voxel before the smallest
 * coordinates, as in Open3D's voxel_down_sample, which the reference's benchmark uses.
 */
public final class VoxelThinning {

    private VoxelThinning() {}

    /**
     * Thins points.
     *
     * @param positions (points, 3), all finite
     * @param size side of a voxel, positive
     * @return (voxels that contain points, 3), in the order of their first points
     * @throws IllegalArgumentException if the size is not positive, or too small for the extent of the points
     */
    public static double[] of(double[] positions, double size) {
        Check.positive("voxel size", size);
        double[] corner = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        for (int i = 0; i < positions.length; i++) {
            corner[i % 3] = Math.min(corner[i % 3], positions[i] - 0.5 * size);
        }
        return VoxelCells.of(positions.length / 3, i -> positions[i] - corner[i % 3], size)
                .means(3, i -> positions[i]);
    }
}
