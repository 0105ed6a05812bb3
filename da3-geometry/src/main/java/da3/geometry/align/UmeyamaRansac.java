package da3.geometry.align;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.Pose;
import da3.geometry.Sim3;
import da3.geometry.check.Check;
import da3.geometry.math.Sampling;
import da3.geometry.math.Vec3;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A {@link Umeyama} alignment that is robust against outlying cameras (RANSAC): it fits subsets of the cameras, keeps
 * the fit with the most inliers and refines it on them. Source: {@code utils/pose_align.py} of the reference.
 */
public final class UmeyamaRansac {

    private static final int ITERATIONS = 10;

    private UmeyamaRansac() {}

    /** Returns ten random subsets of the views, each with half of them (rounded up, at least three). */
    public static int[][] subsets(int views, long seed) {
        if (views < 3) {
            throw new DegenerateGeometryException(Check.message("number of views to align", "at least 3", views));
        }
        return Sampling.table(ITERATIONS, Math.max(3, (views + 1) / 2), views, seed);
    }

    /**
     * Returns the similarity that maps the camera centers of {@code estimated} to those of {@code reference}. A camera
     * is an inlier of a fit if its aligned center is within {@link #inlierThreshold} of its reference. If the inliers
     * are collinear, the fit of the subset is returned without refinement.
     *
     * @param reference world-to-camera
     * @param estimated world-to-camera, one for each reference pose
     * @param subsets view indices, one row for each fit; degenerate rows are skipped
     * @throws DegenerateGeometryException if all views together are degenerate
     */
    public static Sim3 align(List<Pose> reference, List<Pose> estimated, int[][] subsets) {
        List<Vec3> target = Umeyama.centers(reference);
        List<Vec3> source = Umeyama.centers(estimated);
        Sim3 best = Umeyama.alignPoints(target, source);
        double threshold = inlierThreshold(target, source, best);
        Consensus bestConsensus = Consensus.NONE;
        for (int[] subset : subsets) {
            Sim3 fit;
            try {
                fit = Umeyama.alignPoints(pick(target, subset), pick(source, subset));
            } catch (DegenerateGeometryException collinear) {
                continue;
            }
            Consensus consensus = Consensus.of(target, source, fit, threshold);
            if (consensus.beats(bestConsensus)) {
                bestConsensus = consensus;
                best = fit;
            }
        }
        if (bestConsensus.inliers.length < 3) {
            return best;
        }
        try {
            return Umeyama.alignPoints(pick(target, bestConsensus.inliers), pick(source, bestConsensus.inliers));
        } catch (DegenerateGeometryException collinear) {
            return best;
        }
    }

    /** Returns the median distance of the aligned points from their nearest targets. */
    public static double inlierThreshold(List<Vec3> target, List<Vec3> source, Sim3 alignment) {
        double[] nearest = source.stream()
                .map(alignment::transform)
                .mapToDouble(p -> target.stream()
                        .mapToDouble(q -> p.minus(q).norm())
                        .min()
                        .orElseThrow())
                .sorted()
                .toArray();
        int n = nearest.length;
        return (nearest[(n - 1) / 2] + nearest[n / 2]) / 2;
    }

    private static List<Vec3> pick(List<Vec3> points, int[] indices) {
        return Arrays.stream(indices).mapToObj(points::get).toList();
    }

    private record Consensus(int[] inliers, double meanError) {

        static final Consensus NONE = new Consensus(new int[0], Double.POSITIVE_INFINITY);

        static Consensus of(List<Vec3> target, List<Vec3> source, Sim3 fit, double threshold) {
            double[] errors = new double[target.size()];
            Arrays.setAll(
                    errors,
                    i -> fit.transform(source.get(i)).minus(target.get(i)).norm());
            int[] inliers = IntStream.range(0, errors.length)
                    .filter(i -> errors[i] <= threshold)
                    .toArray();
            double mean =
                    Arrays.stream(inliers).mapToDouble(i -> errors[i]).average().orElse(Double.POSITIVE_INFINITY);
            return new Consensus(inliers, mean);
        }

        boolean beats(Consensus other) {
            return inliers.length > other.inliers.length
                    || inliers.length == other.inliers.length && meanError < other.meanError;
        }
    }
}
