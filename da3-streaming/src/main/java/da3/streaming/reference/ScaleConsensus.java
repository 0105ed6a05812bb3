package da3.streaming.reference;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.align.ScaleFit;
import da3.geometry.math.Sampling;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The ratio of depths on which most pixels agree (RANSAC). It fits random samples, keeps the fit with the most inliers,
 * and refines it on them. Source: {@code compute_scale_ransac}, which calls the {@code RANSACRegressor} of
 * scikit-learn; the random draws differ from that library's.
 */
final class ScaleConsensus {

    private static final int MAX_PAIRS = 10_000;
    private static final int MAX_TRIALS = 1000;
    private static final int MIN_SAMPLE = 10;
    private static final double MAX_RESIDUAL = 0.1;

    /** Probability of having drawn a sample without outliers after which no more samples are drawn. */
    private static final double CERTAINTY = 0.99;

    private final DepthPairs pairs;
    private int[] inliers = {};
    private double determination = Double.NEGATIVE_INFINITY;

    private ScaleConsensus(DepthPairs pairs) {
        this.pairs = pairs;
    }

    /** @throws DegenerateGeometryException if no sample has an inlier */
    static ScaleEstimate estimate(DepthPairs all, long seed) {
        Random random = new Random(seed);
        DepthPairs pairs = all.size() > MAX_PAIRS ? all.select(Sampling.distinct(MAX_PAIRS, all.size(), random)) : all;
        ScaleConsensus consensus = new ScaleConsensus(pairs);
        consensus.draw(random);
        if (consensus.inliers.length == 0) {
            throw new DegenerateGeometryException("cannot estimate the ratio of depths: no two of " + pairs.size()
                    + " pairs agree within " + MAX_RESIDUAL);
        }
        double inlierFraction = (double) consensus.inliers.length / pairs.size();
        return new ScaleEstimate(consensus.fit(consensus.inliers), inlierFraction).plausible();
    }

    private void draw(Random random) {
        int sampleSize = Math.max(MIN_SAMPLE, pairs.size() / 100);
        double trials = MAX_TRIALS;
        for (int trial = 0; trial < trials; trial++) {
            double scale = fit(Sampling.distinct(sampleSize, pairs.size(), random));
            int[] found = inliers(scale);
            if (found.length == 0 || found.length < inliers.length) {
                continue;
            }
            double score = determination(found, scale);
            if (found.length == inliers.length && score < determination) {
                continue;
            }
            inliers = found;
            determination = score;
            trials = Math.min(trials, trialsFor((double) found.length / pairs.size(), sampleSize));
        }
    }

    private int[] inliers(double scale) {
        return IntStream.range(0, pairs.size())
                .filter(i -> Math.abs(residual(i, scale)) <= MAX_RESIDUAL)
                .toArray();
    }

    private double residual(int i, double scale) {
        return pairs.target()[i] - scale * pairs.source()[i];
    }

    private double fit(int[] indices) {
        ScaleFit fit = new ScaleFit();
        for (int i : indices) {
            fit.add(pairs.target()[i], pairs.source()[i]);
        }
        return fit.factor().orElseThrow(); // source depths are positive
    }

    /** Returns the coefficient of determination, R squared, of a scale on some pairs. */
    private double determination(int[] indices, double scale) {
        double mean = IntStream.of(indices)
                .mapToDouble(i -> pairs.target()[i])
                .average()
                .orElseThrow();
        double unexplained = 0;
        double total = 0;
        for (int i : indices) {
            double residual = residual(i, scale);
            double deviation = pairs.target()[i] - mean;
            unexplained += residual * residual;
            total += deviation * deviation;
        }
        return 1 - unexplained / total;
    }

    /** Returns the number of samples after which one without outliers has been drawn with sufficient certainty. */
    private static double trialsFor(double inlierFraction, int sampleSize) {
        double clean = Math.pow(inlierFraction, sampleSize);
        return clean == 1 ? 0 : Math.ceil(Math.log1p(-CERTAINTY) / Math.log1p(-clean));
    }
}
