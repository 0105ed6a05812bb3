package da3.geometry.points;

import da3.geometry.check.Check;

/**
 * Options of the conversion of a scene to a point cloud. Steps are applied in the order of the parameters; lengths are
 * in the unit of the scene.
 *
 * @param filter which pixels become points
 * @param voxelSize side of the voxels whose points are replaced by their mean; 0 to disable
 * @param outlierNeighbors number of nearest neighbors for outlier removal; 0 to disable
 * @param outlierDeviations points are outliers if their mean distance from their neighbors exceeds the mean over all
 *     points by more than this many standard deviations; positive
 * @param normalNeighbors number of nearest points that a normal is fitted to, at least 3; 0 for no normals
 * @param maxPoints maximum number of points, chosen at random if there are more; at least 1
 * @param seed seed of the random choice
 */
public record PointCloudOptions(
        PointFilterOptions filter,
        double voxelSize,
        int outlierNeighbors,
        double outlierDeviations,
        int normalNeighbors,
        int maxPoints,
        long seed) {

    public PointCloudOptions {
        Check.atLeast("voxel size", 0.0, voxelSize);
        Check.atLeast("neighbors for outliers", 0, outlierNeighbors);
        if (!(outlierDeviations > 0)) {
            throw Check.invalid("deviations of outliers", "positive", outlierDeviations);
        }
        if (normalNeighbors != 0 && normalNeighbors < 3) {
            throw Check.invalid("neighbors for normals", "0 or at least 3", normalNeighbors);
        }
        Check.positive("maximum number of points", maxPoints);
    }

    /** Returns the defaults: the point filter of the reference, at most a million points, and no other step. */
    public static PointCloudOptions defaults() {
        return new PointCloudOptions(PointFilterOptions.defaults(), 0, 0, 2, 0, 1_000_000, 42);
    }

    public PointCloudOptions withFilter(PointFilterOptions used) {
        return new PointCloudOptions(
                used, voxelSize, outlierNeighbors, outlierDeviations, normalNeighbors, maxPoints, seed);
    }

    public PointCloudOptions withVoxelSize(double size) {
        return new PointCloudOptions(
                filter, size, outlierNeighbors, outlierDeviations, normalNeighbors, maxPoints, seed);
    }

    public PointCloudOptions withoutOutliers(int neighbors, double deviations) {
        return new PointCloudOptions(filter, voxelSize, neighbors, deviations, normalNeighbors, maxPoints, seed);
    }

    public PointCloudOptions withNormals(int neighbors) {
        return new PointCloudOptions(
                filter, voxelSize, outlierNeighbors, outlierDeviations, neighbors, maxPoints, seed);
    }

    public PointCloudOptions withMaxPoints(int points, long newSeed) {
        return new PointCloudOptions(
                filter, voxelSize, outlierNeighbors, outlierDeviations, normalNeighbors, points, newSeed);
    }
}
