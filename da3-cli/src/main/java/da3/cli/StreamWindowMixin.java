package da3.cli;

import da3.geometry.check.Check;
import da3.geometry.rig.Rig;
import da3.streaming.LoopMethod;
import da3.streaming.StreamingOptions;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The windows of a long sequence, and how loops are found. */
final class StreamWindowMixin {

    /** Default number of instants of a rig that the network sees together. */
    private static final int RIG_WINDOW = 8;

    @HelpGroup.In(HelpGroup.PREDICTION)
    @Option(
            names = "--window",
            paramLabel = "N",
            description =
                    "Frames that the network sees together, at least 2. Default: 32. With --rig, instants; default: "
                            + "8.")
    private Integer window;

    @HelpGroup.In(HelpGroup.PREDICTION)
    @Option(
            names = "--overlap",
            paramLabel = "N",
            description = "Frames that consecutive windows share, at least 1. Default: a quarter of --window.")
    private Integer overlap;

    @HelpGroup.In(HelpGroup.PREDICTION)
    @Option(
            names = "--loops",
            paramLabel = "METHOD",
            defaultValue = "tokens",
            description = "How frames that show known surfaces again are found, which correct the map: tokens, deep "
                    + "(tokens of each frame alone), frusta (overlapping views in the map), off. Default: "
                    + "${DEFAULT-VALUE}.")
    private String loops;

    @HelpGroup.In(HelpGroup.PREDICTION)
    @Option(names = "--no-loops", description = "Do not correct the map where frames show known surfaces again.")
    private boolean withoutLoops;

    @Mixin
    private SaladMixin salad;

    /**
     * Returns the options of a run without measurements.
     *
     * @param rig the rig that takes the frames, if there is one
     */
    StreamingOptions options(Optional<Rig> rig, CommandSpec spec) {
        int usual = rig.isPresent() ? RIG_WINDOW : StreamingOptions.defaults().window();
        int frames = window == null ? usual : Check.atLeast("--window", 2, window);
        int shared = overlap == null ? Math.max(1, frames / 4) : Check.inRange("--overlap", 1, frames - 1, overlap);
        StreamingOptions defaults = StreamingOptions.defaults().withLoops(loopMethod(spec));
        return rig.isPresent() ? defaults.withRig(rig.get(), frames, shared) : defaults.withWindow(frames, shared);
    }

    /** Returns the network that describes frames. */
    SaladMixin salad() {
        return salad;
    }

    private LoopMethod loopMethod(CommandSpec spec) {
        if (salad.isGiven()) {
            OptionConflicts.reject(spec, List.of("--loops", "--no-loops"), "--salad");
            return LoopMethod.DEEP;
        }
        if (!withoutLoops) {
            return LoopMethod.parse(loops);
        }
        OptionConflicts.reject(spec, List.of("--loops"), "--no-loops");
        return LoopMethod.OFF;
    }
}
