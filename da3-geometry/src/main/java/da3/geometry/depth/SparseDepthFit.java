package da3.geometry.depth;

import da3.geometry.Camera;
import da3.geometry.DegenerateGeometryException;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.math.Percentiles;
import da3.geometry.math.Sampling;
import java.util.Arrays;
import java.util.Random;

/**
 * What takes predicted depth to meters, {@code meters = scale * depth + shift}, by a few measured depths of which some may
 * be wrong.
 *
 * <p>RANSAC (Fischler and Bolles, 1981) with the truncated cost of MSAC (Torr and Zisserman, 2000) on relative errors,
 * then least squares on the samples that agree. Fewer than {@value #SHIFT_FROM} samples, or such as hardly differ in
 * depth, determine a scale alone: the shift is then 0.
 *
 * @param agreeing samples within {@value #TOLERANCE} of the fit, as a fraction of their depth
 */
public record SparseDepthFit(double scale, double shift, int agreeing) {

    /** So many samples are needed, and so many have to agree: of fewer none could be told to be wrong. */
    public static final int AT_LEAST = 3;

    /** From this many samples on a shift is fitted too. */
    public static final int SHIFT_FROM = 20;

    /** Of a sample's depth. */
    private static final double TOLERANCE = 0.1;

    /** Largest over smallest depth from which on a shift can be told from a scale. */
    private static final double DEPTH_RANGE = 1.5;

    private static final int DRAWS = 500;

    /** Of more samples so many, drawn at random, judge the draws; all of them make the fit. */
    private static final int JUDGES = 10_000;

    /** Of a scene's depths: single pixels that a network puts far too near are no reason to give up a shift. */
    private static final double NEAREST_QUANTILE = 0.01;

    /** A shift takes no depth below this part of what the scale alone makes of it. */
    private static final double LEAST_PART = 0.01;

    /**
     * @param depths predicted, above 0
     * @param meters measured at the same places, above 0
     * @param seed of the draws
     * @throws DegenerateGeometryException if there are fewer than {@value #AT_LEAST} samples, or fewer agree on one scale
     */
    public static SparseDepthFit of(double[] depths, double[] meters, long seed) {
        int n = depths.length;
        if (n < AT_LEAST) {
            throw new DegenerateGeometryException(
                    "meters from " + n + " depth samples inside the image; legal: at least " + AT_LEAST);
        }
        Samples samples = new Samples(depths, meters);
        Random random = new Random(seed);
        Samples judges = samples.drawn(random);
        return samples.agreed(
                n >= SHIFT_FROM && samples.range() >= DEPTH_RANGE
                        ? judges.bestPair(random)
                        : judges.bestSingle(random));
    }

    /**
     * The same samples' fit without a shift.
     *
     * @throws DegenerateGeometryException as {@link #of}
     */
    public static SparseDepthFit scaleOnly(double[] depths, double[] meters, long seed) {
        Samples samples = new Samples(depths, meters);
        Random random = new Random(seed);
        return samples.agreed(samples.drawn(random).bestSingle(random));
    }

    /**
     * Whether a scene stays in front of its cameras, as the 1st percentile of its depths tells.
     *
     * @param depths predicted, of all views
     */
    public boolean keepsInFront(float[] depths) {
        return unbounded(Percentiles.quantile(depths, NEAREST_QUANTILE)) > 0;
    }

    /** Whether the shift would take a depth so near that {@link #inMeters(double)} bounds it. */
    public boolean bounds(double depth) {
        return unbounded(depth) < LEAST_PART * scale * depth;
    }

    public ScalarMap inMeters(ScalarMap depth) {
        float[] values = new float[depth.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) inMeters(depth.values()[i]);
        }
        return new ScalarMap(depth.width(), depth.height(), values);
    }

    /** At least a hundredth of what the scale alone makes of the depth, so that nothing ends up behind its camera. */
    public double inMeters(double depth) {
        return bounds(depth) ? LEAST_PART * scale * depth : unbounded(depth);
    }

    private double unbounded(double depth) {
        return scale * depth + shift;
    }

    /** Translations take the scale alone: a shift is a matter of depth, not of where cameras stand. */
    public Camera inMeters(Camera camera) {
        Pose pose = camera.pose();
        return new Camera(pose.withTranslation(pose.translation().times(scale)), camera.intrinsics());
    }

    private record Samples(double[] depths, double[] meters) {

        double range() {
            return Arrays.stream(depths).max().orElseThrow()
                    / Arrays.stream(depths).min().orElseThrow();
        }

        /** All samples, or so many as are enough to judge a draw. */
        Samples drawn(Random random) {
            if (depths.length <= JUDGES) {
                return this;
            }
            int[] some = Sampling.distinct(JUDGES, depths.length, random);
            return new Samples(
                    Arrays.stream(some).mapToDouble(i -> depths[i]).toArray(),
                    Arrays.stream(some).mapToDouble(i -> meters[i]).toArray());
        }

        /** Scales of single samples: of all, or of so many drawn. */
        SparseDepthFit bestSingle(Random random) {
            Best best = new Best(this);
            int[] tried = Sampling.distinct(Math.min(DRAWS, depths.length), depths.length, random);
            for (int i : tried) {
                best.consider(new SparseDepthFit(meters[i] / depths[i], 0, 0));
            }
            return best.fit;
        }

        /** Scales of single samples compete with scale and shift of pairs. */
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
            return Math.abs(fit.unbounded(depths[i]) - meters[i]) / meters[i];
        }

        /** Least squares on those that agree, which have to be enough. */
        SparseDepthFit agreed(SparseDepthFit rough) {
            SparseDepthFit fit = refined(rough);
            if (fit.agreeing < AT_LEAST) {
                throw new DegenerateGeometryException("meters from " + depths.length + " depth samples, of which no "
                        + AT_LEAST + " agree on one scale within " + Math.round(100 * TOLERANCE) + " %");
            }
            return fit;
        }

        /** Least squares of the relative errors of those that agree. */
        SparseDepthFit refined(SparseDepthFit rough) {
            double w = 0;
            double d = 0;
            double dd = 0;
            double m = 0;
            double dm = 0;
            int agreeing = 0;
            for (int i = 0; i < depths.length; i++) {
                if (error(rough, i) <= TOLERANCE) {
                    double weight = 1 / (meters[i] * meters[i]);
                    w += weight;
                    d += weight * depths[i];
                    dd += weight * depths[i] * depths[i];
                    m += weight * meters[i];
                    dm += weight * depths[i] * meters[i];
                    agreeing++;
                }
            }
            if (rough.shift == 0) {
                return new SparseDepthFit(dm / dd, 0, agreeing);
            }
            double scale = (w * dm - d * m) / (w * dd - d * d);
            return new SparseDepthFit(scale, (m - scale * d) / w, agreeing);
        }
    }

    /** The candidate of the least cost so far, the first of several. */
    private static final class Best {
        private final Samples judges;
        private SparseDepthFit fit;
        private double cost = Double.POSITIVE_INFINITY;

        Best(Samples judges) {
            this.judges = judges;
        }

        void consider(SparseDepthFit candidate) {
            double its = judges.cost(candidate);
            if (its < cost) {
                fit = candidate;
                cost = its;
            }
        }
    }
}
