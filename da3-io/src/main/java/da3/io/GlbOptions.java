package da3.io;

import da3.geometry.check.Check;
import da3.geometry.points.PointFilterOptions;

/**
 * Options for writing a scene as a GLB file; the defaults are the reference's.
 *
 * @param confidenceThreshold minimum confidence of a point, before the two percentiles below change it; 1 keeps all
 * @param confidencePercentile the threshold is at least this percentile of all confidences, 0 to 100
 * @param ensuredPercentile the threshold is at most this percentile of all confidences, 0 to 100, which limits how many
 *     points are removed
 * @param withoutBlack whether pixels with all channels below 16 count as background, with confidence 1
 * @param withoutWhite whether pixels with all channels at 240 or above count as background, with confidence 1
 * @param maxPoints maximum number of points, 1 to 100000000; more are randomly subsampled
 * @param showCameras whether cameras are drawn as wireframes
 * @param cameraSize distance from a camera's center to its drawn image plane, as a fraction of the scene's extent;
 *     positive
 * @param seed of the random subsampling
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
        Check.inRange("number of points", 1, MAX_POINTS, maxPoints);
        Check.positive("camera size", cameraSize);
    }

    public static GlbOptions defaults() {
        return new GlbOptions(1.05, 40, 90, false, false, 1_000_000, true, 0.03, 42);
    }

    /** Returns the options that decide which pixels become points. */
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
}
