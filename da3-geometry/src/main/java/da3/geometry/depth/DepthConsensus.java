package da3.geometry.depth;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.check.Check;
import da3.geometry.math.Sampling;
import java.util.Arrays;
import java.util.Random;

/**
 * A linear map from relative depth to the unit of sparse, noisy measurements, {@code measured = scale * relative +
 * shift} with a positive scale. Source: Depth Anything 3, arXiv 2511.10647, alignment of the teacher's depth.
 *
 * <p>RANSAC (Fischler and Bolles, 1981): of all lines through two samples, or a thousand random ones, the one with the most
 * inliers wins, then the one with the smaller sum of their absolute errors; the result is the least squares fit of its
 * inliers. The threshold of inliers is the mean absolute deviation of the residuals of all samples from their median, where residuals are those
 * of the least squares fit of all samples. In contrast to {@link SparseDepthFit}, errors are absolute, and scale and
 * shift are always fitted both.
 *
 * @param scale measured units per unit of relative depth, positive
 * @param shift offset in measured units
 * @param threshold maximum absolute error of an inlier of the winning line
 * @param inliers (samples): which samples are inliers of the winning line
 */
public record DepthConsensus(double scale, double shift, double threshold, boolean[] inliers) {

    private static final int DRAWS = 1000;

    /** Minimum threshold as a fraction of the largest measurement, so that samples without noise are inliers. */
    private static final double ROUNDING = 1e-12;

    /** Maximum number of samples that score a line, drawn at random; the final fit uses all samples. */
    private static final int MAX_SCORING_SAMPLES = 10_000;

    /**
     * Fits scale and shift to samples.
     *
     * @param relative relative depths
     * @param measured measured depths at the same pixels
     * @param seed seed of the random draws
     * @throws IllegalArgumentException if the numbers of values differ
     * @throws DegenerateGeometryException if a value is not finite, all relative depths are equal, or the scale is not
     *     positive
     */
    public static DepthConsensus of(double[] relative, double[] measured, long seed) {
        if (relative.length != measured.length) {
            throw Check.invalid("number of measured depths", Integer.toString(relative.length), measured.length);
        }
        requireFinite("relative depth", relative);
        requireFinite("measured depth", measured);
        Samples samples = new Samples(relative, measured);
        double threshold = Math.max(samples.threshold(), ROUNDING * samples.largest());
        Random random = new Random(seed);
        boolean[] inliers = samples.inliers(samples.drawn(random).best(threshold, random), threshold);
        Line fit = samples.fit(inliers);
        if (fit.scale <= 0) {
            throw noPositiveScale();
        }
        return new DepthConsensus(fit.scale, fit.shift, threshold, inliers);
    }

    private static DegenerateGeometryException noPositiveScale() {
        return new DegenerateGeometryException("measured depths must rise with relative depths, got none that do");
    }

    private static void requireFinite(String name, double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new DegenerateGeometryException(Check.message(name, "finite", value));
            }
        }
    }

    /** Returns a relative depth in the unit of the measurements; not positive where the shift makes it so. */
    public double apply(double depth) {
        return scale * depth + shift;
    }

    private record Line(double scale, double shift) {

        double error(double relative, double measured) {
            return Math.abs(measured - (scale * relative + shift));
        }
    }

    private record Samples(double[] relative, double[] measured) {

        int size() {
            return relative.length;
        }

        double largest() {
            return Arrays.stream(measured).map(Math::abs).max().orElse(0);
        }

        /** Returns the mean absolute deviation from the median of the residuals of the least squares fit. */
        double threshold() {
            boolean[] all = new boolean[size()];
            Arrays.fill(all, true);
            Line fit = fit(all);
            double[] residuals = new double[size()];
            Arrays.setAll(residuals, i -> measured[i] - (fit.scale * relative[i] + fit.shift));
            Arrays.sort(residuals);
            double median = (residuals[(size() - 1) / 2] + residuals[size() / 2]) / 2;
            return Arrays.stream(residuals)
                    .map(residual -> Math.abs(residual - median))
                    .average()
                    .orElseThrow();
        }

        /**
         * Returns the least squares fit of chosen samples.
         *
         * @throws DegenerateGeometryException if their relative depths are equal, or there are none
         */
        Line fit(boolean[] chosen) {
            double n = 0;
            double meanRelative = 0;
            double meanMeasured = 0;
            for (int i = 0; i < size(); i++) {
                if (chosen[i]) {
                    n++;
                    meanRelative += relative[i];
                    meanMeasured += measured[i];
                }
            }
            meanRelative /= n;
            meanMeasured /= n;
            double square = 0;
            double product = 0;
            for (int i = 0; i < size(); i++) {
                if (chosen[i]) {
                    double difference = relative[i] - meanRelative;
                    square += difference * difference;
                    product += difference * (measured[i] - meanMeasured);
                }
            }
            if (!(square > 0)) {
                throw new DegenerateGeometryException(
                        Check.message("number of different relative depths", "at least 2", n == 0 ? 0 : 1));
            }
            double scale = product / square;
            return new Line(scale, meanMeasured - scale * meanRelative);
        }

        /** Returns all samples, or a random choice of {@link #MAX_SCORING_SAMPLES} of them. */
        Samples drawn(Random random) {
            if (size() <= MAX_SCORING_SAMPLES) {
                return this;
            }
            int[] chosen = Sampling.distinct(MAX_SCORING_SAMPLES, size(), random);
            return new Samples(
                    Arrays.stream(chosen).mapToDouble(i -> relative[i]).toArray(),
                    Arrays.stream(chosen).mapToDouble(i -> measured[i]).toArray());
        }

        /**
         * Returns the line with the largest consensus.
         *
         * @throws DegenerateGeometryException if no line has a positive scale
         */
        Line best(double threshold, Random random) {
            Best best = new Best(this, threshold);
            if ((long) size() * (size() - 1) / 2 <= DRAWS) {
                for (int i = 0; i < size(); i++) {
                    for (int j = 0; j < i; j++) {
                        best.consider(i, j);
                    }
                }
            } else {
                for (int draw = 0; draw < DRAWS; draw++) {
                    int first = random.nextInt(size());
                    best.consider(first, (first + 1 + random.nextInt(size() - 1)) % size());
                }
            }
            if (best.line == null) {
                throw noPositiveScale();
            }
            return best.line;
        }

        boolean[] inliers(Line line, double threshold) {
            boolean[] inliers = new boolean[size()];
            for (int i = 0; i < size(); i++) {
                inliers[i] = line.error(relative[i], measured[i]) <= threshold;
            }
            return inliers;
        }
    }

    /** The line with the largest consensus so far; of equal ones, the first. */
    private static final class Best {
        private final Samples samples;
        private final double threshold;
        private Line line;
        private int inliers;
        private double sum;

        Best(Samples samples, double threshold) {
            this.samples = samples;
            this.threshold = threshold;
        }

        void consider(int i, int j) {
            double scale = (samples.measured[j] - samples.measured[i]) / (samples.relative[j] - samples.relative[i]);
            if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
                return;
            }
            Line candidate = new Line(scale, samples.measured[i] - scale * samples.relative[i]);
            int count = 0;
            double errors = 0;
            for (int k = 0; k < samples.size(); k++) {
                double error = candidate.error(samples.relative[k], samples.measured[k]);
                if (error <= threshold) {
                    count++;
                    errors += error;
                }
            }
            if (line == null || count > inliers || count == inliers && errors < sum) {
                line = candidate;
                inliers = count;
                sum = errors;
            }
        }
    }
}
