package da3.cli;

import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.streaming.frame.FrameSource;
import da3.streaming.frame.GivenPoses;
import da3.video.VideoReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of the frames of {@link StreamCommand}: which are used, and what is known about them. */
@HelpGroup.In(HelpGroup.INPUT)
final class StreamInputMixin {

    @Option(
            names = "--fps",
            paramLabel = "N",
            defaultValue = "4",
            description = "Frames to use per second of a video. Default: ${DEFAULT-VALUE}.")
    private double fps;

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
            names = "--gps",
            paramLabel = "FILE",
            description = "Measured positions with standard deviations, which correct the map and determine its world "
                    + "frame and scale. Comma-separated, with a first line that names the columns: time or frame; "
                    + "latitude, longitude and altitude, or x, y and z; and sigma.")
    private Path gps;

    @Option(
            names = "--masks",
            paramLabel = "DIR",
            description =
                    "Folder with a mask NAME.png for each frame NAME; black pixels are ignored. Frames of a video "
                            + "are named frame_000000.png and so on.")
    private Path masks;

    /**
     * Returns the frames of a video or folder as the options say.
     *
     * @throws IllegalArgumentException if the input is neither, or options do not fit together
     * @throws IOException if the input does not exist or a file of poses cannot be read
     */
    FrameSource source(Path input, CommandSpec spec) throws IOException {
        if (!Files.exists(input)) {
            throw new NoSuchFileException(input.toString(), null, "does not exist");
        }
        if (!Files.isDirectory(input) && !VideoReader.hasVideoExtension(input)) {
            throw Check.invalid("INPUT", "a video or a folder of images", input);
        }
        if (poses != null) {
            OptionConflicts.reject(spec, List.of("--gps"), "--poses");
        }
        Check.inRange("--min-motion", 0, 1, minMotion);
        FrameSource source;
        if (Files.isDirectory(input)) {
            OptionConflicts.reject(spec, List.of("--fps"), "a folder of images");
            source = FrameSource.folder(input);
        } else {
            source = FrameSource.video(input, fps);
        }
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
        OptionConflicts.reject(spec, List.of("--fps", "--min-motion", "--masks"), "--rig");
        if (poses != null) {
            OptionConflicts.reject(spec, List.of("--gps"), "--poses");
        }
        Optional<GivenPoses> known = Optional.empty();
        if (poses != null) {
            known = Optional.of(GivenPoses.read(poses));
        } else if (!rig.rigFromWorld().isEmpty() && gps == null) {
            Map<Long, Pose> byInstant = new HashMap<>();
            rig.rigFromWorld().forEach(pose -> byInstant.put((long) byInstant.size(), pose));
            known = Optional.of(GivenPoses.of(byInstant));
        }
        return FrameSource.rig(rig.rig(), rig.instants(), known);
    }

    /** Returns the file of measured positions, or null. */
    Path gps() {
        return gps;
    }
}
