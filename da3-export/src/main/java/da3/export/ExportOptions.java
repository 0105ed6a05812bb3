package da3.export;

import da3.geometry.path.Trajectory;
import da3.io.GlbOptions;
import da3.video.VideoOptions;

/**
 * How formats are written.
 *
 * @param glb which points go into point clouds and COLMAP models, and how cameras are drawn
 * @param featureFramesPerSecond frame rate of the videos of {@code feat_vis}, 0.01 to 240
 * @param gaussianVideo camera path and quality of {@code gs_video}
 */
public record ExportOptions(GlbOptions glb, double featureFramesPerSecond, GaussianVideo gaussianVideo) {

    /** @throws IllegalArgumentException if a video cannot have the frame rate */
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
