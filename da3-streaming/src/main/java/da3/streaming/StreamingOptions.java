package da3.streaming;

import da3.geometry.check.Check;
import da3.geometry.rig.Rig;
import da3.streaming.prior.Measurements;
import da3.streaming.prior.Odometry;
import da3.streaming.prior.PosePriors;
import da3.streaming.prior.PositionPriors;
import da3.streaming.window.AlignmentModel;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Options of a streaming run.
 *
 * @param window maximum number of frames that the network sees together, at least 2. The cost of a frame grows with it
 * @param overlap frames that a window shares with the previous one, at least 1 and at most window - 1
 * @param alignment transformation between windows; empty for {@link AlignmentModel#SE3} where depth is in meters and
 *     {@link AlignmentModel#SIM3} elsewhere
 * @param loops how frames that show known surfaces again are found, which correct the map. Each test of a loop costs as
 *     much as a window of eight frames; there are at most as many as windows, and up to eight of frames that have little
 *     in common
 * @param measurements positions, poses and motions that other sensors measured, which correct the map. Odometry is not
 *     possible with a rig
 * @param rig the rig that takes the frames, which come in whole instants; empty for a single camera. Window and overlap
 *     are multiples of its number of cameras. Measured positions and poses are those of the rig itself
 */
public record StreamingOptions(
        int window,
        int overlap,
        Optional<AlignmentModel> alignment,
        LoopMethod loops,
        Measurements measurements,
        Optional<Rig> rig) {

    private static final String AUTOMATIC = "automatic";

    private static final String RIG = ", rig ";

    /** The pattern of {@link #description} without a rig. */
    private static final Pattern DESCRIPTION =
            Pattern.compile("windows of (\\d{1,9}) frames that share (\\d{1,9}), alignment (\\w+)");

    public StreamingOptions {
        Check.atLeast("window", 2, window);
        if (rig.isPresent() && measurements.odometry().isPresent()) {
            throw new IllegalArgumentException("odometry cannot be combined with a rig");
        }
        Check.inRange("overlap of windows of " + window + " frames", 1, window - 1, overlap);
        int cameras = rig.map(Rig::size).orElse(1);
        if (window % cameras != 0 || overlap % cameras != 0) {
            throw Check.invalid(
                    "window and overlap",
                    "multiples of the " + cameras + " cameras of the rig",
                    window + " and " + overlap);
        }
    }

    /**
     * Returns windows of 32 frames that share 8, and loops. On a CPU a new frame costs a quarter of what it costs in
     * the reference's windows of 120 that share 60.
     */
    public static StreamingOptions defaults() {
        return new StreamingOptions(32, 8, Optional.empty(), LoopMethod.TOKENS, Measurements.NONE, Optional.empty());
    }

    /** Returns these options with windows of another size. */
    public StreamingOptions withWindow(int frames, int sharedFrames) {
        return new StreamingOptions(frames, sharedFrames, alignment, loops, measurements, rig);
    }

    /** Returns these options with a fixed transformation between windows. */
    public StreamingOptions withAlignment(AlignmentModel model) {
        return new StreamingOptions(window, overlap, Optional.of(model), loops, measurements, rig);
    }

    /** Returns these options with another method of finding loops. */
    public StreamingOptions withLoops(LoopMethod method) {
        return new StreamingOptions(window, overlap, alignment, method, measurements, rig);
    }

    /** Returns these options with measured positions of cameras. */
    public StreamingOptions withPositions(PositionPriors measured) {
        return withMeasurements(measurements.withPositions(measured));
    }

    /** Returns these options with measured poses of cameras. */
    public StreamingOptions withPosePriors(PosePriors measured) {
        return withMeasurements(measurements.withPoses(measured));
    }

    /** Returns these options with measured motions between cameras. */
    public StreamingOptions withOdometry(Odometry measured) {
        return withMeasurements(measurements.withOdometry(measured));
    }

    /** Returns these options with other measurements. */
    public StreamingOptions withMeasurements(Measurements measured) {
        return new StreamingOptions(window, overlap, alignment, loops, measured, rig);
    }

    /**
     * Returns these options with windows of instants of a rig.
     *
     * @param instants maximum number of instants that the network sees together, at least 2
     * @param sharedInstants instants that a window shares with the previous one, at least 1
     */
    public StreamingOptions withRig(Rig rig, int instants, int sharedInstants) {
        return new StreamingOptions(
                Math.multiplyExact(instants, rig.size()),
                Math.multiplyExact(sharedInstants, rig.size()),
                alignment,
                loops,
                measurements,
                Optional.of(rig));
    }

    /** Returns a predictor of windows of these options that uses another one. */
    WindowPredictor adapted(WindowPredictor predictor) {
        return rig.isPresent() ? new RigPredictor(predictor, rig.get()) : predictor;
    }

    /** Returns the text that a store keeps of these options. */
    String description() {
        return "windows of " + window + " frames that share " + overlap + ", alignment "
                + alignment.map(Enum::name).orElse(AUTOMATIC)
                + rig.map(cameras -> RIG + cameras.sensorsFromRig()).orElse("");
    }

    /**
     * Returns the options that a store keeps as a text.
     *
     * @throws IllegalArgumentException if the text is none of {@link #description}, or that of a rig, which a text does
     *     not describe completely
     */
    static StreamingOptions ofDescription(String text) {
        if (text.contains(RIG)) {
            throw new IllegalArgumentException("the map was made with a rig, without which it cannot be opened");
        }
        Matcher matcher = DESCRIPTION.matcher(text);
        if (!matcher.matches()) {
            throw Check.invalid("windows of a map", "windows of N frames that share N, alignment NAME", text);
        }
        StreamingOptions options =
                defaults().withWindow(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        String alignment = matcher.group(3);
        return alignment.equals(AUTOMATIC) ? options : options.withAlignment(AlignmentModel.valueOf(alignment));
    }
}
