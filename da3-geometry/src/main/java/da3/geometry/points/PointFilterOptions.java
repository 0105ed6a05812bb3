package da3.geometry.points;

/**
 * Which pixels of a scene count.
 *
 * @param confidenceThreshold least confidence, before the two percentiles below move it; 1 is none at all
 * @param confidencePercentile the threshold is at least this percentile of all confidences, 0 to 100
 * @param ensuredPercentile the threshold is at most this percentile of all confidences, 0 to 100: so many pixels are left
 *     out at most
 * @param withoutBlack whether pixels with all channels below 16 count as background, with confidence 1
 * @param withoutWhite whether pixels with all channels from 240 on count as background, with confidence 1
 */
public record PointFilterOptions(
        double confidenceThreshold,
        double confidencePercentile,
        double ensuredPercentile,
        boolean withoutBlack,
        boolean withoutWhite) {

    public PointFilterOptions {
        if (!Double.isFinite(confidenceThreshold)) {
            throw new IllegalArgumentException("confidence threshold is " + confidenceThreshold + "; legal: a number");
        }
        requirePercentile("confidence percentile", confidencePercentile);
        requirePercentile("ensured percentile", ensuredPercentile);
    }

    /** The reference's for point clouds: the least confident 40 % are left out. */
    public static PointFilterOptions defaults() {
        return new PointFilterOptions(1.05, 40, 90, false, false);
    }

    /** Every pixel that has a depth and is not sky. */
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

    private static void requirePercentile(String name, double value) {
        if (!(value >= 0 && value <= 100)) {
            throw new IllegalArgumentException(name + " is " + value + "; legal: 0 to 100");
        }
    }
}
