package da3.geometry.points;

import da3.geometry.PointCloud;
import da3.geometry.check.Check;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Statistical outlier removal by the mean distance of points from their neighbors (Rusu et al., "Towards 3D Point Cloud
 * Based Object Maps for Household Environments", 2008).
 */
final class OutlierRemoval {

    /** Tolerance for rounding errors of the mean, so that equally spaced points are all kept. */
    private static final double ROUNDING = 1e-9;

    private OutlierRemoval() {}

    /**
     * Returns the indices of the points that are not outliers, ascending.
     *
     * @param neighbors number of nearest neighbors, without the point itself, whose mean distance is used; at least 1
     * @param deviations maximum number of standard deviations by which the mean distance of a point may exceed the mean
     *     over all points
     */
    static int[] kept(PointCloud cloud, int neighbors, double deviations) {
        Check.positive("neighbors for outliers", neighbors);
        KdTree tree = new KdTree(cloud.positions());
        float[] p = cloud.positions();
        double[] means = IntStream.range(0, cloud.size())
                .parallel()
                .mapToDouble(i -> mean(tree.nearest(p[3 * i], p[3 * i + 1], p[3 * i + 2], neighbors + 1)))
                .toArray();
        double mean = Arrays.stream(means).sum() / means.length;
        double variance = Arrays.stream(means).map(m -> (m - mean) * (m - mean)).sum() / means.length;
        double limit = (mean + deviations * Math.sqrt(variance)) * (1 + ROUNDING);
        return IntStream.range(0, means.length).filter(i -> means[i] <= limit).toArray();
    }

    private static double mean(KdTree.Nearest nearest) {
        double sum = 0;
        for (int i = 1; i < nearest.size(); i++) {
            sum += nearest.distance(i);
        }
        return nearest.size() < 2 ? 0 : sum / (nearest.size() - 1);
    }
}
