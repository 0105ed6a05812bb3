package da3.geometry.points;

import da3.geometry.check.Check;

/**
 * Options that select the pixels of a scene.
 *
 * @param confidenceThreshold minimum confidence, before the two percentiles limit it; 1 is the lowest confidence
 * @param confidencePercentile the threshold is at least this percentile of all confidences, 0 to 100
 * @param ensuredPercentile the threshold is at most this percentile of all confidences, 0 to 100, so at most this
 *     percentage of pixels is omitted
 * @param withoutBlack whether pixels with all channels below 16 are background, with confidence 1
 * @param withoutWhite whether pixels with all channels of at least 240 are background, with confidence 1
 */
public record PointFilterOptions(
        double confidenceThreshold,
        double confidencePercentile,
        double ensuredPercentile,
        boolean withoutBlack,
        boolean withoutWhite) {

    public PointFilterOptions {
        Check.finite("confidence threshold", confidenceThreshold);
        Check.inRange("confidence percentile", 0, 100, confidencePercentile);
        Check.inRange("ensured percentile", 0, 100, ensuredPercentile);
    }

    /**
     * Returns the options of the reference for point clouds, which omit the 40 % of pixels with the lowest confidence.
     */
    public static PointFilterOptions defaults() {
        return new PointFilterOptions(1.05, 40, 90, false, false);
    }

    /** Returns options that keep every pixel that has a depth and is not sky. */
    public static PointFilterOptions everything() {
        return new PointFilterOptions(0, 0, 0, false, false);
    }

    public PointFilterOptions withConfidenceThreshold(double threshold) {
        return new PointFilterOptions(threshold, confidencePercentile, ensuredPercentile, withoutBlack, withoutWhite);
    }

    public PointFilterOptions withPercentiles(double confidence, double ensured) {
        return new PointFilterOptions(confidenceThreshold, confidence, ensured, withoutBlack, withoutWhite);
    }

    public PointFilterOptions withoutBackground(boolean black, boolean white) {
        return new PointFilterOptions(confidenceThreshold, confidencePercentile, ensuredPercentile, black, white);
    }
}
