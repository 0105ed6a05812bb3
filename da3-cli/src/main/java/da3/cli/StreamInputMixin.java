package da3.cli;

import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.streaming.frame.FrameSource;
import da3.streaming.frame.GivenPoses;
import da3.streaming.frame.LiveFrames;
import da3.video.LiveInput;
import da3.video.LiveOptions;
import da3.video.VideoReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of the frames of {@link StreamCommand}: which are used, and what is known about them. */
@HelpGroup.In(HelpGroup.INPUT)
final class StreamInputMixin {

    private static final double MAX_SECONDS = 1e9;

    @Option(
            names = "--fps",
            paramLabel = "N",
            defaultValue = "4",
            description = "Frames to use per second of a video or camera. Default: ${DEFAULT-VALUE}.")
    private double fps;

    @Option(
            names = "--stall",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "Live input: time without a frame after which it ends. Default: ${DEFAULT-VALUE}.")
    private double stall;

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            description = "Live input: time after which it ends; 0 adds no frames and exports the map as it is. "
                    + "Default: when the source ends.")
    private Double duration;

    @Option(
            names = "--min-motion",
            paramLabel = "X",
            defaultValue = "0",
            description = "Skip frames in which points have moved by less than this fraction of the image width since "
                    + "the last frame that was used; 0 uses all, 0.05 suits most videos. Default: ${DEFAULT-VALUE}.")
    private double minMotion;

    @Option(
            names = "--poses",
            paramLabel = "FILE",
            description = "Known camera-to-world poses, in the format of TUM (matched by time) or KITTI (one line per "
                    + "frame). With --rig, those of the rig.")
    private Path poses;

    @Option(
            names = "--masks",
            paramLabel = "DIR",
            description =
                    "Folder with a mask NAME.png for each frame NAME; black pixels are ignored. Frames of a video "
                            + "are named frame_000000.png and so on.")
    private Path masks;

    @Mixin
    private MeasurementMixin measurements;

    private LiveFrames live; // null unless the input is live

    /**
     * Returns the frames of a video, a folder or a live source as the options say.
     *
     * @throws IllegalArgumentException if the input is none of these, or options do not fit together
     * @throws IOException if the input does not exist or a file of poses cannot be read
     */
    FrameSource source(String input, CommandSpec spec) throws IOException {
        if (poses != null) {
            OptionConflicts.reject(spec, MeasurementMixin.OPTIONS, "--poses");
        }
        Check.inRange("--min-motion", 0, 1, minMotion);
        Optional<LiveInput> liveInput = LiveInput.parse(input);
        FrameSource source = liveInput.isPresent() ? live(liveInput.get(), spec) : recorded(Path.of(input), spec);
        source = masks == null ? source : source.masked(masks);
        source = poses == null ? source : source.posed(GivenPoses.read(poses));
        return minMotion == 0 ? source : source.keyframes(minMotion);
    }

    /**
     * Returns the frames of a rig as the options say.
     *
     * @throws IllegalArgumentException if options do not fit a rig
     * @throws IOException if a file of poses cannot be read
     */
    FrameSource source(RigSequence rig, CommandSpec spec) throws IOException {
        OptionConflicts.reject(
                spec, List.of("--fps", "--min-motion", "--masks", "--odometry", "--stall", "--duration"), "--rig");
        if (poses != null) {
            OptionConflicts.reject(spec, MeasurementMixin.OPTIONS, "--poses");
        }
        Optional<GivenPoses> known = Optional.empty();
        if (poses != null) {
            known = Optional.of(GivenPoses.read(poses));
        } else if (!rig.rigFromWorld().isEmpty() && !measurements.definesWorld()) {
            Map<Long, Pose> byInstant = new HashMap<>();
            rig.rigFromWorld().forEach(pose -> byInstant.put((long) byInstant.size(), pose));
            known = Optional.of(GivenPoses.of(byInstant));
        }
        return FrameSource.rig(rig.rig(), rig.instants(), known);
    }

    private FrameSource live(LiveInput input, CommandSpec spec) {
        OptionConflicts.reject(spec, List.of("--masks", "--part", "--merge"), "the live input " + input);
        LiveOptions options = LiveOptions.defaults()
                .withFramesPerSecond(Check.positive("--fps", fps))
                .withStall(seconds(Check.positive("--stall", stall)));
        if (duration != null) {
            options = options.withDuration(seconds(Check.inRange("--duration", 0, MAX_SECONDS, duration)));
        }
        live = FrameSource.live(input, options);
        return live;
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(1000 * Math.min(seconds, MAX_SECONDS)));
    }

    private FrameSource recorded(Path input, CommandSpec spec) throws IOException {
        if (!Files.exists(input)) {
            throw new NoSuchFileException(input.toString(), null, "does not exist");
        }
        OptionConflicts.reject(spec, List.of("--stall", "--duration"), "an input that is not live");
        if (Files.isDirectory(input)) {
            OptionConflicts.reject(spec, List.of("--fps"), "a folder of images");
            return FrameSource.folder(input);
        }
        if (!VideoReader.hasVideoExtension(input)) {
            throw Check.invalid("INPUT", "a video, a folder of images, a camera, a pipe or a URL", input);
        }
        return FrameSource.video(input, fps);
    }

    /** Prints why a live input has ended, and how many of its frames were dropped. */
    void printEnding(PrintWriter err) {
        if (live == null || live.ending().isEmpty()) {
            return;
        }
        err.printf(
                Locale.ROOT,
                "da3: %s; %d frames were dropped, because they came in faster than they were predicted%n",
                live.ending().get(),
                live.dropped());
        err.flush();
    }

    /** Returns the measurements of other sensors. */
    MeasurementMixin measurements() {
        return measurements;
    }
}
