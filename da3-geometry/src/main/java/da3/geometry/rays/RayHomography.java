package da3.geometry.rays;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.check.Check;
import da3.geometry.math.Mat3;
import da3.geometry.math.Sampling;
import java.util.Arrays;
import java.util.Random;

/**
 * A robust estimate (RANSAC) of the homography from the image plane to ray directions: it fits small samples of
 * confident pixels and refits all inliers of the best one. Source: {@code utils/ray_utils.py} of the reference.
 */
public final class RayHomography {

    /** Minimum of a homography of unit norm; that of a camera with a field of view of 0.1 degrees is 1e-7. */
    private static final double MIN_DETERMINANT = 1e-12;

    private static final int ITERATIONS = 100;
    private static final int SAMPLE_SIZE = 8;
    private static final double CANDIDATE_FRACTION = 0.3;
    private static final double INLIER_THRESHOLD = 0.2;
    private static final int MAX_INLIERS = 8000;
    private static final double KEPT_INLIER_FRACTION = 0.95;

    private RayHomography() {}

    /**
     * Draws the samples: ranks of pixels by descending confidence, from the most confident 30 %.
     *
     * @return (100, 8); one table serves all ray maps with this number of pixels
     */
    public static int[][] sampleTable(int pixels, long seed) {
        if (pixels < SAMPLE_SIZE) {
            throw Check.invalid("number of pixels of a ray map", "at least " + SAMPLE_SIZE, pixels);
        }
        int candidates = Math.max(SAMPLE_SIZE, (int) (pixels * CANDIDATE_FRACTION));
        return Sampling.table(ITERATIONS, SAMPLE_SIZE, candidates, seed);
    }

    /**
     * Estimates the homography.
     *
     * @param source (pixels, 2), pixel positions in the image plane
     * @param target (pixels, 2), intersections of the rays with the plane z = 1
     * @param weights (pixels), finite, 0 for pixels without a target
     * @param table ranks by descending weight, one row for each sample
     * @param seed seed of the random choice of 8000 inliers, if there are more
     * @return a matrix with positive determinant
     * @throws DegenerateGeometryException if the pixels determine no homography
     */
    public static Mat3 estimate(double[] source, double[] target, float[] weights, int[][] table, long seed) {
        int[] ranked = byDescendingWeight(weights);
        Mat3 best = null;
        double bestScore = 0;
        for (int[] ranks : table) {
            WeightedHomography fit = new WeightedHomography();
            for (int rank : ranks) {
                if (rank < 0 || rank >= ranked.length) {
                    throw Check.invalid("rank in the sample table", "from 0 to " + (ranked.length - 1), rank);
                }
                add(fit, source, target, weights, ranked[rank]);
            }
            Mat3 hypothesis = fit.solve();
            double score = score(hypothesis, source, target, weights);
            if (score > bestScore) {
                bestScore = score;
                best = hypothesis;
            }
        }
        if (best == null) {
            throw new DegenerateGeometryException("no homography fits any of the " + weights.length + " rays");
        }
        Mat3 h = refit(inliers(best, source, target, weights, ranked), source, target, weights, seed);
        double determinant = h.determinant();
        if (Math.abs(determinant) < MIN_DETERMINANT) {
            throw new DegenerateGeometryException("the rays are in one plane, so their homography is singular");
        }
        return determinant < 0 ? h.times(-1) : h;
    }

    private static Mat3 refit(int[] inliers, double[] source, double[] target, float[] weights, long seed) {
        int[] used = inliers;
        if (inliers.length > MAX_INLIERS) {
            int kept = Math.max((int) (inliers.length * KEPT_INLIER_FRACTION), MAX_INLIERS);
            int[] drawn = Sampling.distinct(MAX_INLIERS, kept, new Random(seed));
            used = Arrays.stream(drawn).map(i -> inliers[i]).toArray();
        }
        WeightedHomography fit = new WeightedHomography();
        for (int pixel : used) {
            add(fit, source, target, weights, pixel);
        }
        return fit.solve();
    }

    private static void add(WeightedHomography fit, double[] source, double[] target, float[] weights, int i) {
        fit.add(source[2 * i], source[2 * i + 1], target[2 * i], target[2 * i + 1], weights[i]);
    }

    private static double score(Mat3 h, double[] source, double[] target, float[] weights) {
        double score = 0;
        for (int i = 0; i < weights.length; i++) {
            if (isInlier(h, source, target, i)) {
                score += weights[i];
            }
        }
        return score;
    }

    /** Returns the inliers by descending weight, without those of weight 0. */
    private static int[] inliers(Mat3 h, double[] source, double[] target, float[] weights, int[] ranked) {
        return Arrays.stream(ranked)
                .filter(i -> weights[i] > 0 && isInlier(h, source, target, i))
                .toArray();
    }

    /** Returns whether the homography maps a pixel close to the intersection of its ray with the plane z = 1. */
    static boolean isInlier(Mat3 h, double[] source, double[] target, int i) {
        double x = source[2 * i];
        double y = source[2 * i + 1];
        double z = h.m20() * x + h.m21() * y + h.m22();
        double du = (h.m00() * x + h.m01() * y + h.m02()) / z - target[2 * i];
        double dv = (h.m10() * x + h.m11() * y + h.m12()) / z - target[2 * i + 1];
        return du * du + dv * dv < INLIER_THRESHOLD * INLIER_THRESHOLD;
    }

    /**
     * Returns pixel indices by descending weight, then ascending index. The bits of non-negative floats sort like the
     * floats.
     */
    private static int[] byDescendingWeight(float[] weights) {
        long[] keys = new long[weights.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = ((long) (Integer.MAX_VALUE - Float.floatToIntBits(weights[i])) << 32) | i;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    }
}
