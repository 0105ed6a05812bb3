package da3.cli;

import da3.export.GaussianVideo;
import da3.geometry.path.Trajectory;
import da3.video.VideoOptions;
import picocli.CommandLine.Option;

/** How the Gaussians' video is made. */
final class GaussianVideoMixin {

    @Option(
            names = "--gs-path",
            paramLabel = "PATH",
            defaultValue = "extend",
            description = "Camera path of gs_video: original, smooth, interpolate, interpolate_smooth, extend, wander, "
                    + "dolly_zoom or wobble_inter; default ${DEFAULT-VALUE}; one view always wanders.")
    private String path;

    @Option(
            names = "--gs-quality",
            paramLabel = "QUALITY",
            defaultValue = "high",
            description = "Of gs_video: low, medium or high; default ${DEFAULT-VALUE}.")
    private VideoOptions.Quality quality;

    GaussianVideo video() {
        return new GaussianVideo(Trajectory.of(path), quality);
    }
}
