package da3.geometry.points;

/**
 * How a scene becomes points. The steps go in the order of the parameters; lengths are in the scene's unit.
 *
 * @param filter which pixels become points
 * @param voxelSize points in a cube of this side become one, their mean; 0 for none of that
 * @param outlierNeighbours to how many nearest points the mean distance is looked at; 0 for none of that
 * @param outlierDeviations points whose mean distance exceeds the mean of all by more than this many standard deviations
 *     are left out; above 0
 * @param normalNeighbours how many nearest points a normal is fitted to, from 3; 0 for no normals
 * @param maxPoints of more points a random choice is kept; from 1
 * @param seed of the random choice
 */
public record PointCloudOptions(
        PointFilterOptions filter,
        double voxelSize,
        int outlierNeighbours,
        double outlierDeviations,
        int normalNeighbours,
        int maxPoints,
        long seed) {

    public PointCloudOptions {
        require(voxelSize >= 0 && Double.isFinite(voxelSize), "voxel size", voxelSize, "from 0");
        require(outlierNeighbours >= 0, "neighbours for outliers", outlierNeighbours, "from 0");
        require(outlierDeviations > 0, "deviations of outliers", outlierDeviations, "above 0");
        require(
                normalNeighbours == 0 || normalNeighbours >= 3,
                "neighbours for normals",
                normalNeighbours,
                "0, or from 3");
        require(maxPoints >= 1, "number of points", maxPoints, "from 1");
    }

    /** The filter that the reference has for points, up to a million of them, and nothing else. */
    public static PointCloudOptions defaults() {
        return new PointCloudOptions(PointFilterOptions.defaults(), 0, 0, 2, 0, 1_000_000, 42);
    }

    public PointCloudOptions withFilter(PointFilterOptions used) {
        return new PointCloudOptions(
                used, voxelSize, outlierNeighbours, outlierDeviations, normalNeighbours, maxPoints, seed);
    }

    public PointCloudOptions withVoxelSize(double size) {
        return new PointCloudOptions(
                filter, size, outlierNeighbours, outlierDeviations, normalNeighbours, maxPoints, seed);
    }

    public PointCloudOptions withoutOutliers(int neighbours, double deviations) {
        return new PointCloudOptions(filter, voxelSize, neighbours, deviations, normalNeighbours, maxPoints, seed);
    }

    public PointCloudOptions withNormals(int neighbours) {
        return new PointCloudOptions(
                filter, voxelSize, outlierNeighbours, outlierDeviations, neighbours, maxPoints, seed);
    }

    public PointCloudOptions withMaxPoints(int points, long newSeed) {
        return new PointCloudOptions(
                filter, voxelSize, outlierNeighbours, outlierDeviations, normalNeighbours, points, newSeed);
    }

    private static void require(boolean legal, String name, Number value, String range) {
        if (!legal) {
            throw new IllegalArgumentException(name + " is " + value + "; legal: " + range);
        }
    }
}
