package da3.io.colmap;

/**
 * What of a scene becomes points of a COLMAP model.
 *
 * @param confidencePercentile share of the least confident pixels that become none, 0 to 100
 * @param maxPoints of more pixels a random choice becomes points; from 1
 * @param depthTolerance how far two views' depths of a point may differ for both to see it, as a part of the depth; above 0,
 *     below 1
 * @param seed of the random choice
 */
public record ColmapOptions(double confidencePercentile, int maxPoints, double depthTolerance, long seed) {

    public ColmapOptions {
        require(
                confidencePercentile >= 0 && confidencePercentile <= 100,
                "confidence percentile",
                confidencePercentile,
                "0 to 100");
        require(maxPoints >= 1, "number of points", maxPoints, "from 1");
        require(depthTolerance > 0 && depthTolerance < 1, "depth tolerance", depthTolerance, "above 0, below 1");
    }

    /** The reference's percentile. */
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

    private static void require(boolean legal, String name, Number value, String range) {
        if (!legal) {
            throw new IllegalArgumentException(name + " is " + value + "; legal: " + range);
        }
    }
}
