package da3.export;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.Image;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.concurrent.Interrupts;
import da3.geometry.path.Trajectory;
import da3.geometry.splat.PathRenderer;
import da3.geometry.splat.SplatImage;
import da3.geometry.splat.SplatOptions;
import da3.io.ColorMap;
import da3.io.DepthColorizer;
import da3.io.ExportDirectory;
import da3.video.VideoOptions;
import da3.video.VideoWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * An MP4 video along a camera path through the Gaussians of a scene, with color on the left and depth on the right.
 * Only one frame is in memory at a time.
 *
 * <p>Source: reference files utils/export/gs.py and model/utils/gs_renderer.py.
 *
 * @param trajectory camera path
 * @param quality quality of the video
 */
public record GaussianVideo(Trajectory trajectory, VideoOptions.Quality quality) {

    private static final String FOLDER = "gs_video";

    /** Returns this video with another camera path. */
    public GaussianVideo withTrajectory(Trajectory trajectory) {
        return new GaussianVideo(trajectory, quality);
    }

    /** Returns this video with another quality. */
    public GaussianVideo withQuality(VideoOptions.Quality quality) {
        return new GaussianVideo(trajectory, quality);
    }

    /** @throws IllegalArgumentException if a video does not support frames for maps of this size */
    static void requireSize(int width, int height) {
        VideoWriter.requireSize(2 * width, height);
    }

    /**
     * Writes {@code gs_video/0000_PATH.mp4}. A scene of one view uses {@link Trajectory#WANDER}.
     *
     * @throws IllegalArgumentException if the scene has no Gaussians or a view has no camera
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public Path write(Scene scene, Path directory) throws IOException {
        GaussianCloud cloud = scene.gaussians()
                .orElseThrow(() -> new IllegalArgumentException("gs_video needs a scene with Gaussians"))
                .withPositiveScales();
        List<Camera> cameras = scene.views().stream()
                .map(view -> view.camera()
                        .orElseThrow(() -> new IllegalArgumentException("gs_video needs a camera for every view")))
                .toList();
        // other paths need at least two cameras
        Trajectory path = cameras.size() == 1 ? Trajectory.WANDER : trajectory;
        View first = scene.view(0);
        int width = first.depth().width();
        int height = first.depth().height();
        PathRenderer frames = new PathRenderer(cloud, path.through(cameras), width, height, SplatOptions.defaults());
        DepthColorizer.Range range = DepthColorizer.Range.of(first.depth());
        Path file = directory.resolve(FOLDER).resolve("0000_" + path.id() + ".mp4");
        ExportDirectory.open(file.getParent());
        try (VideoWriter writer = VideoWriter.create(
                file, 2 * width, height, VideoOptions.defaults().withQuality(quality))) {
            for (SplatImage frame : frames) {
                Interrupts.requireNone("export");
                Image depth = DepthColorizer.of(frame.depth(), ColorMap.SPECTRAL, range);
                writer.write(frame.toImage().appendRight(depth));
            }
            return writer.commit();
        }
    }
}
