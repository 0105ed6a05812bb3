package da3.streaming;

import da3.geometry.check.Check;

/**
 * Options that select the points of a map.
 *
 * @param confidencePercentile percentage of the least confident pixels of each frame that are omitted, 0 to 100
 * @param maxPoints maximum number of points of the map, spread evenly over frames and their pixels, at least 1
 */
public record PointOptions(double confidencePercentile, int maxPoints) {

    public PointOptions {
        Check.inRange("confidence percentile", 0, 100, confidencePercentile);
        Check.atLeast("maximum number of points", 1, maxPoints);
    }

    /** Returns at most two million points, without the 40 % of pixels with the lowest confidence. */
    public static PointOptions defaults() {
        return new PointOptions(40, 2_000_000);
    }

    public PointOptions withMaxPoints(int points) {
        return new PointOptions(confidencePercentile, points);
    }

    public PointOptions withConfidencePercentile(double percentile) {
        return new PointOptions(percentile, maxPoints);
    }
}
