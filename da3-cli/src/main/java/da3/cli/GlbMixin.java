package da3.cli;

import da3.io.GlbOptions;
import picocli.CommandLine.Option;

/** What goes into a GLB file, and what of that into a COLMAP model. */
final class GlbMixin {

    @Option(
            names = "--conf-thresh-percentile",
            paramLabel = "PERCENT",
            defaultValue = "40",
            description =
                    "GLB, COLMAP: share of the least confident points that is left out; default ${DEFAULT-VALUE}.")
    private double confidencePercentile;

    @Option(
            names = "--num-max-points",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "GLB, COLMAP: of more points a random choice is kept; default ${DEFAULT-VALUE}.")
    private int maxPoints;

    @Option(
            names = "--show-cameras",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "GLB: draw cameras, or not; default ${DEFAULT-VALUE}.")
    private boolean showCameras;

    GlbOptions options() {
        GlbOptions defaults = GlbOptions.defaults();
        return defaults.withPercentiles(confidencePercentile, defaults.ensuredPercentile())
                .withMaxPoints(maxPoints)
                .withCameras(showCameras, defaults.cameraSize());
    }
}
