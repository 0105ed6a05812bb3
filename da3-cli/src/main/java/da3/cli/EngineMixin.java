package da3.cli;

import da3.core.EngineOptions;
import da3.nn.Precision;
import picocli.CommandLine.Option;

/** Options of the engine. */
@HelpGroup.In(HelpGroup.MODEL)
final class EngineMixin {

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            defaultValue = "auto",
            description =
                    "Engine: auto (the fastest that runs on this machine), onednn or nd4j. Default: ${DEFAULT-VALUE}.")
    private String engine;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "Number of threads; 0 uses all processors. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            defaultValue = "fp32",
            description =
                    "Precision: fp32; bf16, which is faster and needs less memory on processors with bfloat16; or "
                            + "int8, which runs on most recent processors and needs the least memory and, on those "
                            + "without AMX, the least time. "
                            + "Default: ${DEFAULT-VALUE}.")
    private String precision;

    EngineOptions options() {
        return new EngineOptions(engine, threads).withPrecision(Precision.of(precision));
    }
}
