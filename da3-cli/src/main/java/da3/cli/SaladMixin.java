package da3.cli;

import da3.core.EngineOptions;
import da3.streaming.WindowPredictor;
import da3.streaming.salad.Salad;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option for the SALAD network, which describes frames. */
@HelpGroup.In(HelpGroup.PREDICTION)
final class SaladMixin {

    @Option(
            names = "--salad",
            paramLabel = "FILE",
            description = "Safetensors file with the weights of DINOv2-SALAD, whose descriptors of frames are compared "
                    + "instead of tokens.")
    private Path file;

    boolean isGiven() {
        return file != null;
    }

    /**
     * Opens the network; returns null without the option.
     *
     * @throws IOException if the file cannot be read
     */
    Salad open(EngineOptions options) throws IOException {
        return file == null ? null : Salad.open(file, options);
    }

    /** Returns a predictor with the descriptions of a network, which is null if the predictor has its own. */
    static WindowPredictor described(WindowPredictor predictor, Salad salad) {
        return salad == null ? predictor : predictor.describedBy(salad);
    }
}
