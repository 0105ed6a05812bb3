package da3.cli;

import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** The option of the processing size. */
@HelpGroup.In(HelpGroup.PREDICTION)
final class ResolutionMixin {

    @Option(
            names = "--process-res",
            paramLabel = "PIXELS",
            description =
                    "Longer side of the processed images. Default: processing size of the model, 504 for published models.")
    private Integer resolution;

    /** Returns the side in pixels; empty for the processing size of the model. */
    OptionalInt resolution() {
        return resolution == null ? OptionalInt.empty() : OptionalInt.of(resolution);
    }
}
