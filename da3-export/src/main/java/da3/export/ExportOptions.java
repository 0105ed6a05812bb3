package da3.export;

import da3.geometry.path.Trajectory;
import da3.io.GlbOptions;
import da3.video.VideoOptions;

/**
 * How results are written.
 *
 * @param glb what goes into point clouds, and what of that into a COLMAP model
 * @param featureFramesPerSecond of the videos of {@code feat_vis}
 * @param gaussianVideo how {@code gs_video} flies
 */
public record ExportOptions(GlbOptions glb, double featureFramesPerSecond, GaussianVideo gaussianVideo) {

    /** The reference's defaults. */
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
