package da3.cli;

import da3.weights.ConversionOptions;
import da3.weights.safetensors.DType;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** The options of commands that write a model as safetensors files. */
final class ConversionMixin {

    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            defaultValue = "F32",
            description = "Precision: F32, F16 or BF16. Default: ${DEFAULT-VALUE}.")
    private DType precision;

    @Option(names = "--overwrite", description = "Replace an existing checkpoint.")
    private boolean overwrite;

    /** @param maxShardBytes maximum size of a file; empty for one file */
    ConversionOptions options(OptionalLong maxShardBytes) {
        return new ConversionOptions(precision, maxShardBytes, overwrite);
    }
}
