package da3.geometry.points;

/**
 * How a scene becomes points. The steps go in the order of the parameters; lengths are in the scene's unit.
 *
 * @param filter which pixels become points
 * @param voxelSize points in a cube of this side become one, their mean; 0 for none of that
 * @param outlierNeighbors to how many nearest points the mean distance is looked at; 0 for none of that
 * @param outlierDeviations points whose mean distance exceeds the mean of all by more than this many standard deviations
 *     are left out; above 0
 * @param normalNeighbors how many nearest points a normal is fitted to, from 3; 0 for no normals
 * @param maxPoints of more points a random choice is kept; from 1
 * @param seed of the random choice
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
        require(voxelSize >= 0 && Double.isFinite(voxelSize), "voxel size", voxelSize, "from 0");
        require(outlierNeighbors >= 0, "neighbors for outliers", outlierNeighbors, "from 0");
        require(outlierDeviations > 0, "deviations of outliers", outlierDeviations, "above 0");
        require(normalNeighbors == 0 || normalNeighbors >= 3, "neighbors for normals", normalNeighbors, "0, or from 3");
        require(maxPoints >= 1, "number of points", maxPoints, "from 1");
    }

    /** The filter that the reference has for points, up to a million of them, and nothing else. */
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

    private static void require(boolean legal, String name, Number value, String range) {
        if (!legal) {
            throw new IllegalArgumentException(name + " is " + value + "; legal: " + range);
        }
    }
}
