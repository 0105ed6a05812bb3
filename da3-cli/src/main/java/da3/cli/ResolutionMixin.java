package da3.cli;

import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** The size that photos are brought to. */
@HelpGroup.In(HelpGroup.PREDICTION)
final class ResolutionMixin {

    @Option(
            names = "--process-res",
            paramLabel = "PIXELS",
            description = "Side that the photos are brought to; default: the model's own, 504 for the published ones.")
    private Integer resolution;

    /** Returns the side in pixels; empty if it is left to the model. */
    OptionalInt resolution() {
        return resolution == null ? OptionalInt.empty() : OptionalInt.of(resolution);
    }
}
