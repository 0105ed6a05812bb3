package da3.io;

import da3.geometry.points.PointFilterOptions;

/**
 * What of a scene goes into a GLB file; the defaults are the reference's.
 *
 * @param confidenceThreshold least confidence of a point, before the two percentiles below move it; 1 is none at all
 * @param confidencePercentile the threshold is at least this percentile of all confidences, 0 to 100
 * @param ensuredPercentile the threshold is at most this percentile of all confidences, 0 to 100: so many points are
 *     left out at most
 * @param withoutBlack whether pixels with all channels below 16 count as background, with confidence 1
 * @param withoutWhite whether pixels with all channels from 240 on count as background, with confidence 1
 * @param maxPoints of more points a random choice is kept; 1 to 100000000
 * @param showCameras whether cameras are drawn as wire frames
 * @param cameraSize distance from a camera to the frame it is drawn with, as a part of the scene's extent; above 0
 * @param seed of the random choice
 */
public record GlbOptions(
        double confidenceThreshold,
        double confidencePercentile,
        double ensuredPercentile,
        boolean withoutBlack,
        boolean withoutWhite,
        int maxPoints,
        boolean showCameras,
        double cameraSize,
        long seed) {

    /** Greatest number of points of a cloud. */
    public static final int MAX_POINTS = 100_000_000;

    public GlbOptions {
        new PointFilterOptions(
                confidenceThreshold, confidencePercentile, ensuredPercentile, withoutBlack, withoutWhite);
        require(maxPoints >= 1 && maxPoints <= MAX_POINTS, "number of points", maxPoints, "1 to " + MAX_POINTS);
        require(Double.isFinite(cameraSize) && cameraSize > 0, "camera size", cameraSize, "above 0");
    }

    public static GlbOptions defaults() {
        return new GlbOptions(1.05, 40, 90, false, false, 1_000_000, true, 0.03, 42);
    }

    /** Which pixels become points. */
    public PointFilterOptions filter() {
        return new PointFilterOptions(
                confidenceThreshold, confidencePercentile, ensuredPercentile, withoutBlack, withoutWhite);
    }

    public GlbOptions withConfidenceThreshold(double threshold) {
        return new GlbOptions(
                threshold,
                confidencePercentile,
                ensuredPercentile,
                withoutBlack,
                withoutWhite,
                maxPoints,
                showCameras,
                cameraSize,
                seed);
    }

    public GlbOptions withPercentiles(double confidence, double ensured) {
        return new GlbOptions(
                confidenceThreshold,
                confidence,
                ensured,
                withoutBlack,
                withoutWhite,
                maxPoints,
                showCameras,
                cameraSize,
                seed);
    }

    public GlbOptions withoutBackground(boolean black, boolean white) {
        return new GlbOptions(
                confidenceThreshold,
                confidencePercentile,
                ensuredPercentile,
                black,
                white,
                maxPoints,
                showCameras,
                cameraSize,
                seed);
    }

    public GlbOptions withMaxPoints(int points) {
        return new GlbOptions(
                confidenceThreshold,
                confidencePercentile,
                ensuredPercentile,
                withoutBlack,
                withoutWhite,
                points,
                showCameras,
                cameraSize,
                seed);
    }

    public GlbOptions withCameras(boolean shown, double size) {
        return new GlbOptions(
                confidenceThreshold,
                confidencePercentile,
                ensuredPercentile,
                withoutBlack,
                withoutWhite,
                maxPoints,
                shown,
                size,
                seed);
    }

    public GlbOptions withSeed(long newSeed) {
        return new GlbOptions(
                confidenceThreshold,
                confidencePercentile,
                ensuredPercentile,
                withoutBlack,
                withoutWhite,
                maxPoints,
                showCameras,
                cameraSize,
                newSeed);
    }

    private static void require(boolean legal, String name, Number value, String range) {
        if (!legal) {
            throw new IllegalArgumentException(name + " is " + value + "; legal: " + range);
        }
    }
}
