package da3.geometry.points;

import da3.geometry.PointCloud;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Points that stand alone, by statistics of distances to neighbors (Rusu et al., "Towards 3D Point Cloud Based Object
 * Maps for Household Environments", 2008).
 */
public final class OutlierRemoval {

    /** Where all points stand equally far apart none stands alone, though the mean be a bit less than each. */
    private static final double ROUNDING = 1e-9;

    private OutlierRemoval() {}

    /**
     * Indices of the points that do not stand alone, ascending.
     *
     * @param neighbors nearest points, without the point itself, whose mean distance is looked at; from 1
     * @param deviations how many standard deviations above the mean of all it may lie
     */
    public static int[] kept(PointCloud cloud, int neighbors, double deviations) {
        if (neighbors < 1) {
            throw new IllegalArgumentException("neighbors for outliers is " + neighbors + "; legal: from 1");
        }
        KdTree tree = new KdTree(cloud.positions());
        float[] p = cloud.positions();
        double[] means = IntStream.range(0, cloud.size())
                .parallel()
                .mapToDouble(i -> mean(tree.nearest(p[3 * i], p[3 * i + 1], p[3 * i + 2], neighbors + 1)))
                .toArray();
        double mean = Arrays.stream(means).sum() / means.length;
        double variance = Arrays.stream(means).map(m -> (m - mean) * (m - mean)).sum() / means.length;
        double most = (mean + deviations * Math.sqrt(variance)) * (1 + ROUNDING);
        return IntStream.range(0, means.length).filter(i -> means[i] <= most).toArray();
    }

    private static double mean(KdTree.Nearest nearest) {
        double sum = 0;
        for (int i = 1; i < nearest.size(); i++) {
            sum += nearest.distance(i);
        }
        return nearest.size() < 2 ? 0 : sum / (nearest.size() - 1);
    }
}
