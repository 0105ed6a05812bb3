package da3.cli;

import da3.core.EngineOptions;
import da3.nn.Precision;
import picocli.CommandLine.Option;

/** Which engine computes. */
@HelpGroup.In(HelpGroup.MODEL)
final class EngineMixin {

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "Engine: auto (the fastest that this machine can run), onednn or nd4j.")
    private String engine;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "Threads to compute with; 0, the default, for all processors.")
    private int threads;

    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            defaultValue = "fp32",
            description =
                    "fp32, or bf16: faster, in less memory, where the processor has it; default ${DEFAULT-VALUE}.")
    private String precision;

    EngineOptions options() {
        return new EngineOptions(engine, threads).withPrecision(Precision.of(precision));
    }
}
