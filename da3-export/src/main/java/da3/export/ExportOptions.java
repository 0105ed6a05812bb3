package da3.export;

import da3.geometry.path.Trajectory;
import da3.io.GlbOptions;
import da3.video.VideoOptions;

/**
 * Options of the export formats.
 *
 * @param glb selection of the points of point clouds and COLMAP models, and rendering of cameras
 * @param featureFramesPerSecond frame rate of the videos of {@code feat_vis}, 0.01 to 240
 * @param gaussianVideo camera path and quality of {@code gs_video}
 */
public record ExportOptions(GlbOptions glb, double featureFramesPerSecond, GaussianVideo gaussianVideo) {

    /** @throws IllegalArgumentException if the frame rate is out of range */
    public ExportOptions {
        VideoOptions.defaults().withFramesPerSecond(featureFramesPerSecond);
    }

    /** Returns the reference implementation's defaults. */
    public static ExportOptions defaults() {
        return new ExportOptions(
                GlbOptions.defaults(), 15, new GaussianVideo(Trajectory.EXTEND, VideoOptions.Quality.HIGH));
    }

    public ExportOptions withGlb(GlbOptions glb) {
        return new ExportOptions(glb, featureFramesPerSecond, gaussianVideo);
    }

    public ExportOptions withFeatureFramesPerSecond(double featureFramesPerSecond) {
        return new ExportOptions(glb, featureFramesPerSecond, gaussianVideo);
    }

    public ExportOptions withGaussianVideo(GaussianVideo gaussianVideo) {
        return new ExportOptions(glb, featureFramesPerSecond, gaussianVideo);
    }
}
