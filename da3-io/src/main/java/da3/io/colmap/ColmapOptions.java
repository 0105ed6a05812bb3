package da3.io.colmap;

import da3.geometry.check.Check;

/**
 * Options for the points of a COLMAP model.
 *
 * @param confidencePercentile percentage of the least confident pixels that are not used, 0 to 100
 * @param maxPoints maximum number of points, at least 1; more pixels are randomly subsampled
 * @param depthTolerance maximum relative difference between the depths of a point in two views that both observe it;
 *     above 0 and below 1
 * @param seed of the random subsampling
 */
public record ColmapOptions(double confidencePercentile, int maxPoints, double depthTolerance, long seed) {

    public ColmapOptions {
        Check.inRange("confidence percentile", 0.0, 100.0, confidencePercentile);
        Check.atLeast("maximum number of points", 1, maxPoints);
        if (!(depthTolerance > 0 && depthTolerance < 1)) {
            throw Check.invalid("depth tolerance", "above 0 and below 1", depthTolerance);
        }
    }

    /** Returns the default options, with the percentile of the reference. */
    public static ColmapOptions defaults() {
        return new ColmapOptions(40, 1_000_000, 0.02, 42);
    }

    public ColmapOptions withConfidencePercentile(double percentile) {
        return new ColmapOptions(percentile, maxPoints, depthTolerance, seed);
    }

    public ColmapOptions withMaxPoints(int points) {
        return new ColmapOptions(confidencePercentile, points, depthTolerance, seed);
    }

    public ColmapOptions withDepthTolerance(double tolerance) {
        return new ColmapOptions(confidencePercentile, maxPoints, tolerance, seed);
    }

    public ColmapOptions withSeed(long newSeed) {
        return new ColmapOptions(confidencePercentile, maxPoints, depthTolerance, newSeed);
    }
}
