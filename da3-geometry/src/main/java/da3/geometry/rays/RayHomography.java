package da3.geometry.rays;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.math.Mat3;
import da3.geometry.math.Sampling;
import java.util.Arrays;
import java.util.Random;

/**
 * The homography from the image plane to ray directions, fitted robustly: many fits on a few confident pixels each,
 * then one on all pixels that agree with the best of them. Source: {@code utils/ray_utils.py} of the reference.
 */
public final class RayHomography {

    private static final int ITERATIONS = 100;
    private static final int SAMPLE_SIZE = 8;
    private static final double CANDIDATE_FRACTION = 0.3;
    private static final double INLIER_THRESHOLD = 0.2;
    private static final int MAX_INLIERS = 8000;
    private static final double KEPT_OF_TOO_MANY = 0.95;

    private RayHomography() {}

    /**
     * Draws the pixels for each fit: ranks by descending confidence, from the most confident 30 %.
     *
     * @return (100, 8); one table serves all ray maps of that many pixels
     */
    public static int[][] sampleTable(int pixels, long seed) {
        if (pixels < SAMPLE_SIZE) {
            throw new IllegalArgumentException(
                    "sample table for " + pixels + " pixels; legal: at least " + SAMPLE_SIZE);
        }
        int candidates = Math.max(SAMPLE_SIZE, (int) (pixels * CANDIDATE_FRACTION));
        return Sampling.table(ITERATIONS, SAMPLE_SIZE, candidates, seed);
    }

    /**
     * @param source (pixels, 2), where a pixel lies in the image plane
     * @param target (pixels, 2), where its ray meets the plane z = 1
     * @param weights (pixels), finite, 0 for pixels without a target
     * @param table ranks by descending weight, one row for each fit
     * @param seed of the draw of 8000 inliers, where there are more
     * @return determinant above 0
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
                    throw new IllegalArgumentException("sample table names rank " + rank + " of " + ranked.length
                            + " pixels; legal: 0 to " + (ranked.length - 1));
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
        if (determinant == 0) {
            throw new DegenerateGeometryException("the rays lie in one plane: their homography is singular");
        }
        return determinant < 0 ? h.times(-1) : h;
    }

    private static Mat3 refit(int[] inliers, double[] source, double[] target, float[] weights, long seed) {
        int[] used = inliers;
        if (inliers.length > MAX_INLIERS) {
            int kept = Math.max((int) (inliers.length * KEPT_OF_TOO_MANY), MAX_INLIERS);
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
            if (agrees(h, source, target, i)) {
                score += weights[i];
            }
        }
        return score;
    }

    /** By descending weight; pixels of weight 0 would add nothing and are left out. */
    private static int[] inliers(Mat3 h, double[] source, double[] target, float[] weights, int[] ranked) {
        return Arrays.stream(ranked)
                .filter(i -> weights[i] > 0 && agrees(h, source, target, i))
                .toArray();
    }

    /** Whether the homography sends a pixel near to where its ray meets the plane z = 1. */
    static boolean agrees(Mat3 h, double[] source, double[] target, int i) {
        double x = source[2 * i];
        double y = source[2 * i + 1];
        double z = h.m20() * x + h.m21() * y + h.m22();
        double du = (h.m00() * x + h.m01() * y + h.m02()) / z - target[2 * i];
        double dv = (h.m10() * x + h.m11() * y + h.m12()) / z - target[2 * i + 1];
        return du * du + dv * dv < INLIER_THRESHOLD * INLIER_THRESHOLD;
    }

    /** Equal ones by ascending index; weights are at least 0, so their bits sort as they do. */
    private static int[] byDescendingWeight(float[] weights) {
        long[] keys = new long[weights.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = ((long) (Integer.MAX_VALUE - Float.floatToIntBits(weights[i])) << 32) | i;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    }
}
