package da3.geometry.points;

import java.util.stream.IntStream;

/**
 * Points that stand alone, by statistics of distances to neighbours (Rusu et al., "Towards 3D Point Cloud Based Object
 * Maps for Household Environments", 2008).
 */
public final class Outliers {

    private Outliers() {}

    /**
     * Indices of the points that do not stand alone, ascending.
     *
     * @param neighbours nearest points, without the point itself, whose mean distance is looked at; from 1
     * @param deviations how many standard deviations above the mean of all it may lie
     */
    public static int[] kept(PointCloud cloud, int neighbours, double deviations) {
        if (neighbours < 1) {
            throw new IllegalArgumentException("neighbours for outliers is " + neighbours + "; legal: from 1");
        }
        KdTree tree = new KdTree(cloud.positions());
        float[] p = cloud.positions();
        double[] means = IntStream.range(0, cloud.size())
                .parallel()
                .mapToDouble(i -> mean(tree.nearest(p[3 * i], p[3 * i + 1], p[3 * i + 2], neighbours + 1)))
                .toArray();
        double sum = 0;
        double squares = 0;
        for (double mean : means) {
            sum += mean;
            squares += mean * mean;
        }
        double mean = sum / means.length;
        double most = mean + deviations * Math.sqrt(Math.max(0, squares / means.length - mean * mean));
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
