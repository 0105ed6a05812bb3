package da3.geometry;

import java.util.Arrays;
import java.util.Random;

/**
 * What takes predicted depth to metres, {@code metres = scale * depth + shift}, by a few measured depths of which some may
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

    /**
     * @param depths predicted, above 0
     * @param metres measured at the same places, above 0
     * @param seed of the draws
     * @throws DegenerateGeometryException if there are fewer than {@value #AT_LEAST} samples, or fewer agree on one scale
     */
    public static SparseDepthFit of(double[] depths, double[] metres, long seed) {
        int n = depths.length;
        if (n < AT_LEAST) {
            throw new DegenerateGeometryException(
                    "metres from " + n + " depth samples inside the image; legal: at least " + AT_LEAST);
        }
        Samples samples = new Samples(depths, metres);
        SparseDepthFit fit = samples.refined(
                n >= SHIFT_FROM && samples.range() >= DEPTH_RANGE
                        ? samples.bestPair(new Random(seed))
                        : samples.bestSingle());
        if (fit.agreeing < AT_LEAST) {
            throw new DegenerateGeometryException("metres from " + n + " depth samples, of which no " + AT_LEAST
                    + " agree on one scale within " + Math.round(100 * TOLERANCE) + " %");
        }
        return fit;
    }

    /** The same samples' fit without a shift. */
    public static SparseDepthFit scaleOnly(double[] depths, double[] metres) {
        Samples samples = new Samples(depths, metres);
        return samples.refined(samples.bestSingle());
    }

    public boolean isPositiveFor(ScalarMap depth) {
        for (float d : depth.values()) {
            if (!(scale * d + shift > 0)) {
                return false;
            }
        }
        return true;
    }

    public ScalarMap inMetres(ScalarMap depth) {
        float[] values = new float[depth.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) inMetres(depth.values()[i]);
        }
        return new ScalarMap(depth.width(), depth.height(), values);
    }

    public double inMetres(double depth) {
        return scale * depth + shift;
    }

    /** Translations take the scale alone: a shift is a matter of depth, not of where cameras stand. */
    public Camera inMetres(Camera camera) {
        Pose pose = camera.pose();
        return new Camera(pose.withTranslation(pose.translation().times(scale)), camera.intrinsics());
    }

    private record Samples(double[] depths, double[] metres) {

        double range() {
            return Arrays.stream(depths).max().orElseThrow()
                    / Arrays.stream(depths).min().orElseThrow();
        }

        /** Every sample's own scale is tried. */
        SparseDepthFit bestSingle() {
            SparseDepthFit best = null;
            for (int i = 0; i < depths.length; i++) {
                best = better(best, new SparseDepthFit(metres[i] / depths[i], 0, 0));
            }
            return best;
        }

        /** Scales of single samples compete with scale and shift of pairs. */
        SparseDepthFit bestPair(Random random) {
            SparseDepthFit best = null;
            for (int draw = 0; draw < DRAWS; draw++) {
                int[] pair = Sampling.distinct(2, depths.length, random);
                best = better(best, new SparseDepthFit(metres[pair[0]] / depths[pair[0]], 0, 0));
                double scale = (metres[pair[1]] - metres[pair[0]]) / (depths[pair[1]] - depths[pair[0]]);
                if (scale > 0 && Double.isFinite(scale)) {
                    best = better(best, new SparseDepthFit(scale, metres[pair[0]] - scale * depths[pair[0]], 0));
                }
            }
            return best;
        }

        private SparseDepthFit better(SparseDepthFit best, SparseDepthFit candidate) {
            return best == null || cost(candidate) < cost(best) ? candidate : best;
        }

        private double cost(SparseDepthFit fit) {
            double cost = 0;
            for (int i = 0; i < depths.length; i++) {
                cost += Math.min(error(fit, i), TOLERANCE);
            }
            return cost;
        }

        private double error(SparseDepthFit fit, int i) {
            return Math.abs(fit.inMetres(depths[i]) - metres[i]) / metres[i];
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
                    double weight = 1 / (metres[i] * metres[i]);
                    w += weight;
                    d += weight * depths[i];
                    dd += weight * depths[i] * depths[i];
                    m += weight * metres[i];
                    dm += weight * depths[i] * metres[i];
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
}
