package da3.geometry.depth;

import da3.geometry.Camera;
import da3.geometry.DegenerateGeometryException;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.check.Check;
import da3.geometry.math.Percentiles;
import da3.geometry.math.Sampling;
import java.util.Arrays;
import java.util.Random;

/**
 * A linear map from predicted depth to meters, {@code meters = scale * depth + shift}, fitted to a few measured depths
 * that may include outliers.
 *
 * <p>RANSAC (Fischler and Bolles, 1981) with the truncated cost of MSAC (Torr and Zisserman, 2000) on relative errors,
 * followed by least squares on the inliers. With fewer than {@value #MIN_SHIFT_SAMPLES} samples, or samples of nearly
 * equal depth, only the scale is fitted and the shift is 0.
 *
 * @param scale meters per unit of predicted depth
 * @param shift offset in meters
 * @param inliers number of samples with a relative error of at most {@value #TOLERANCE}
 */
public record SparseDepthFit(double scale, double shift, int inliers) {

    /** Minimum number of samples and of inliers; with fewer, outliers could not be detected. */
    public static final int MIN_SAMPLES = 3;

    /** Minimum number of samples for fitting a shift. */
    public static final int MIN_SHIFT_SAMPLES = 20;

    /** Maximum relative error of an inlier. */
    private static final double TOLERANCE = 0.1;

    /** Minimum ratio of largest to smallest depth at which a shift can be distinguished from a scale. */
    private static final double MIN_DEPTH_RANGE = 1.5;

    private static final int DRAWS = 500;

    /** Maximum number of samples that score a candidate, drawn at random; the final fit uses all samples. */
    private static final int MAX_SCORING_SAMPLES = 10_000;

    /**
     * Percentile of the scene depths that must stay positive; it ignores single pixels that a network predicts far too
     * near.
     */
    private static final double NEAREST_QUANTILE = 0.01;

    /** A shifted depth is at least this fraction of the depth that the scale alone gives. */
    private static final double MIN_FRACTION = 0.01;

    /**
     * Fits scale and shift to samples.
     *
     * @param depths predicted depths, positive
     * @param meters measured depths at the same pixels, positive
     * @param seed seed of the random draws
     * @throws DegenerateGeometryException if there are fewer than {@value #MIN_SAMPLES} samples or inliers
     */
    public static SparseDepthFit of(double[] depths, double[] meters, long seed) {
        int n = depths.length;
        if (n < MIN_SAMPLES) {
            throw new DegenerateGeometryException(
                    Check.message("number of depth samples inside the image", "at least " + MIN_SAMPLES, n));
        }
        Samples samples = new Samples(depths, meters);
        Random random = new Random(seed);
        Samples scoring = samples.drawn(random);
        return samples.fit(
                n >= MIN_SHIFT_SAMPLES && samples.range() >= MIN_DEPTH_RANGE
                        ? scoring.bestPair(random)
                        : scoring.bestSingle(random));
    }

    /**
     * Fits the scale to samples, without a shift.
     *
     * @throws DegenerateGeometryException if there are fewer than {@value #MIN_SAMPLES} inliers
     */
    public static SparseDepthFit scaleOnly(double[] depths, double[] meters, long seed) {
        Samples samples = new Samples(depths, meters);
        Random random = new Random(seed);
        return samples.fit(samples.drawn(random).bestSingle(random));
    }

    /**
     * Returns whether a scene stays in front of its cameras, judged by the 1st percentile of its depths.
     *
     * @param depths predicted depths of all views
     */
    public boolean keepsInFront(float[] depths) {
        return unclamped(Percentiles.quantile(depths, NEAREST_QUANTILE)) > 0;
    }

    /** Returns whether {@link #inMeters(double)} clamps this depth because the shift would make it too small. */
    public boolean isClamped(double depth) {
        return unclamped(depth) < MIN_FRACTION * scale * depth;
    }

    /** Returns a depth map in meters; see {@link #inMeters(double)}. */
    public ScalarMap inMeters(ScalarMap depth) {
        float[] values = new float[depth.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) inMeters(depth.values()[i]);
        }
        return new ScalarMap(depth.width(), depth.height(), values);
    }

    /**
     * Returns a depth in meters. The result is at least a hundredth of the depth that the scale alone gives, so that no
     * point moves behind its camera.
     */
    public double inMeters(double depth) {
        return isClamped(depth) ? MIN_FRACTION * scale * depth : unclamped(depth);
    }

    private double unclamped(double depth) {
        return scale * depth + shift;
    }

    /**
     * Returns a camera whose translation is in meters. Only the scale applies, since the shift concerns depth and not
     * camera centers.
     */
    public Camera inMeters(Camera camera) {
        Pose pose = camera.pose();
        return new Camera(pose.withTranslation(pose.translation().times(scale)), camera.intrinsics());
    }

    private record Samples(double[] depths, double[] meters) {

        double range() {
            return Arrays.stream(depths).max().orElseThrow()
                    / Arrays.stream(depths).min().orElseThrow();
        }

        /** Returns all samples, or a random choice of {@link #MAX_SCORING_SAMPLES} of them. */
        Samples drawn(Random random) {
            if (depths.length <= MAX_SCORING_SAMPLES) {
                return this;
            }
            int[] chosen = Sampling.distinct(MAX_SCORING_SAMPLES, depths.length, random);
            return new Samples(
                    Arrays.stream(chosen).mapToDouble(i -> depths[i]).toArray(),
                    Arrays.stream(chosen).mapToDouble(i -> meters[i]).toArray());
        }

        /** Returns the best scale among those of single samples, at most {@link #DRAWS} of them. */
        SparseDepthFit bestSingle(Random random) {
            Best best = new Best(this);
            int[] tried = Sampling.distinct(Math.min(DRAWS, depths.length), depths.length, random);
            for (int i : tried) {
                best.consider(new SparseDepthFit(meters[i] / depths[i], 0, 0));
            }
            return best.fit;
        }

        /** Returns the best of the scales of single samples and the scales and shifts of pairs. */
        SparseDepthFit bestPair(Random random) {
            Best best = new Best(this);
            for (int draw = 0; draw < DRAWS; draw++) {
                int[] pair = Sampling.distinct(2, depths.length, random);
                best.consider(new SparseDepthFit(meters[pair[0]] / depths[pair[0]], 0, 0));
                double scale = (meters[pair[1]] - meters[pair[0]]) / (depths[pair[1]] - depths[pair[0]]);
                if (scale > 0 && Double.isFinite(scale)) {
                    best.consider(new SparseDepthFit(scale, meters[pair[0]] - scale * depths[pair[0]], 0));
                }
            }
            return best.fit;
        }

        private double cost(SparseDepthFit fit) {
            double cost = 0;
            for (int i = 0; i < depths.length; i++) {
                cost += Math.min(error(fit, i), TOLERANCE);
            }
            return cost;
        }

        private double error(SparseDepthFit fit, int i) {
            return Math.abs(fit.unclamped(depths[i]) - meters[i]) / meters[i];
        }

        /** Refines a candidate on its inliers and checks that there are enough. */
        SparseDepthFit fit(SparseDepthFit rough) {
            SparseDepthFit fit = refined(rough);
            if (fit.inliers < MIN_SAMPLES) {
                throw new DegenerateGeometryException(Check.message(
                        "number of " + depths.length + " depth samples that agree on one scale within "
                                + Math.round(100 * TOLERANCE) + " %",
                        "at least " + MIN_SAMPLES,
                        fit.inliers));
            }
            return fit;
        }

        /** Minimizes the squared relative errors of the inliers of a candidate. */
        SparseDepthFit refined(SparseDepthFit rough) {
            double w = 0;
            double d = 0;
            double dd = 0;
            double m = 0;
            double dm = 0;
            int inliers = 0;
            for (int i = 0; i < depths.length; i++) {
                if (error(rough, i) <= TOLERANCE) {
                    double weight = 1 / (meters[i] * meters[i]);
                    w += weight;
                    d += weight * depths[i];
                    dd += weight * depths[i] * depths[i];
                    m += weight * meters[i];
                    dm += weight * depths[i] * meters[i];
                    inliers++;
                }
            }
            if (rough.shift == 0) {
                return new SparseDepthFit(dm / dd, 0, inliers);
            }
            double scale = (w * dm - d * m) / (w * dd - d * d);
            return new SparseDepthFit(scale, (m - scale * d) / w, inliers);
        }
    }

    /** The candidate with the lowest cost so far; of equal ones, the first. */
    private static final class Best {
        private final Samples scoring;
        private SparseDepthFit fit;
        private double cost = Double.POSITIVE_INFINITY;

        Best(Samples scoring) {
            this.scoring = scoring;
        }

        void consider(SparseDepthFit candidate) {
            double candidateCost = scoring.cost(candidate);
            if (candidateCost < cost) {
                fit = candidate;
                cost = candidateCost;
            }
        }
    }
}
