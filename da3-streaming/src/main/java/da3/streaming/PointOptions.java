package da3.streaming;

import da3.geometry.check.Check;
import java.util.OptionalDouble;

/**
 * Options of exported points and meshes.
 *
 * @param confidencePercentile percentage of the least confident pixels of each frame that are no points, 0 to 100
 * @param maxPoints maximum number of points of the map, spread evenly over frames and their pixels, at least 1
 * @param voxelSize side of the voxels of a mesh in the unit of the map, positive; empty for 1/100 of the median depth
 */
public record PointOptions(double confidencePercentile, int maxPoints, OptionalDouble voxelSize) {

    public PointOptions {
        Check.inRange("confidence percentile", 0, 100, confidencePercentile);
        Check.atLeast("maximum number of points", 1, maxPoints);
        voxelSize.ifPresent(size -> Check.positive("voxel size", size));
    }

    /**
     * Returns at most two million points, without the 40 % of pixels with the lowest confidence, and voxels whose size
     * follows from the depth.
     */
    public static PointOptions defaults() {
        return new PointOptions(40, 2_000_000, OptionalDouble.empty());
    }

    public PointOptions withMaxPoints(int points) {
        return new PointOptions(confidencePercentile, points, voxelSize);
    }

    public PointOptions withConfidencePercentile(double percentile) {
        return new PointOptions(percentile, maxPoints, voxelSize);
    }

    public PointOptions withVoxelSize(double size) {
        return new PointOptions(confidencePercentile, maxPoints, OptionalDouble.of(size));
    }
}
