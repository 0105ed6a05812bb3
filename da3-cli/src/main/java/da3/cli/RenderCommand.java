package da3.cli;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.check.Check;
import da3.geometry.path.Trajectory;
import da3.geometry.splat.PathRenderer;
import da3.geometry.splat.SplatImage;
import da3.geometry.splat.SplatOptions;
import da3.io.ExportDirectory;
import da3.io.FrameSequence;
import da3.io.GaussianPlyReader;
import da3.io.NpzCameras;
import da3.video.VideoOptions;
import da3.video.VideoWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Rendering of Gaussians along a camera path. */
@Command(
        name = "render",
        mixinStandardHelpOptions = true,
        description = "Renders 3D Gaussians along a path through the cameras of an export.")
final class RenderCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FILE", description = "Gaussians in the format gs_ply (.ply).")
    private Path file;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--cameras",
            paramLabel = "NPZ",
            required = true,
            description = "Archive with the cameras, in the format mini_npz or npz.")
    private Path cameras;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--path",
            paramLabel = "PATH",
            defaultValue = "extend",
            description =
                    "Camera path: original, smooth, interpolate, interpolate_smooth, extend, wander, dolly_zoom or "
                            + "wobble_inter. Default: ${DEFAULT-VALUE}.")
    private String path;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--scale",
            paramLabel = "FACTOR",
            defaultValue = "1",
            description = "Size of frames relative to the depth maps. Default: ${DEFAULT-VALUE}.")
    private double scale;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "Number of threads; 0 uses all processors. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(
            names = "--export-dir",
            paramLabel = "DIR",
            defaultValue = "output",
            description = "Export directory, which receives frames/0000.png and so on. Default: ${DEFAULT-VALUE}.")
    private Path exportDirectory;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(names = "--video", paramLabel = "FILE", description = "Write an H.264 video (.mp4) instead of frames.")
    private Path video;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(
            names = "--fps",
            paramLabel = "N",
            defaultValue = "24",
            description = "Frames per second of the video. Default: ${DEFAULT-VALUE}.")
    private double fps;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(names = "--overwrite", description = "Replace the frames or the video of an earlier run.")
    private boolean overwrite;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Check.positive("scale", scale);
        VideoOptions videoOptions = VideoOptions.defaults().withFramesPerSecond(fps);
        requireNoResults();
        Trajectory trajectory = Trajectory.of(path);
        SplatOptions options = SplatOptions.defaults().withThreads(threads);
        NpzCameras views = NpzCameras.read(cameras);
        GaussianCloud cloud = GaussianPlyReader.read(file);
        int width = (int) Math.max(1, Math.round(scale * views.width()));
        int height = (int) Math.max(1, Math.round(scale * views.height()));
        PathRenderer frames =
                new PathRenderer(cloud, trajectory.through(scaled(views, width, height)), width, height, options);
        PrintWriter out = spec.commandLine().getOut();
        if (video != null) {
            out.println(writeVideo(frames, width, height, videoOptions));
        } else {
            int number = 0;
            ExportDirectory directory = ExportDirectory.open(exportDirectory);
            for (SplatImage frame : frames) {
                out.println(FrameSequence.write(frame.toImage(), number++, directory));
                out.flush();
            }
        }
        out.flush();
        return 0;
    }

    private void requireNoResults() throws IOException {
        if (video != null && !video.toString().toLowerCase(Locale.ROOT).endsWith(".mp4")) {
            throw Check.invalid("--video", "a name that ends in .mp4", video);
        }
        Path target = video == null ? exportDirectory.resolve("frames") : video;
        if (Files.exists(target) && (!overwrite || video != null && Files.isDirectory(video))) {
            throw new FileAlreadyExistsException(
                    target.toString(), null, "already contains results; use --overwrite to replace them");
        }
    }

    private Path writeVideo(PathRenderer frames, int width, int height, VideoOptions videoOptions) throws IOException {
        ExportDirectory.open(video.toAbsolutePath().getParent());
        try (VideoWriter writer = VideoWriter.create(video, width, height, videoOptions)) {
            for (SplatImage frame : frames) {
                writer.write(frame.toImage());
            }
            return writer.commit();
        }
    }

    private static List<Camera> scaled(NpzCameras views, int width, int height) {
        double sx = (double) width / views.width();
        double sy = (double) height / views.height();
        return views.cameras().stream()
                .map(camera -> new Camera(camera.pose(), camera.intrinsics().scaled(sx, sy)))
                .toList();
    }
}
