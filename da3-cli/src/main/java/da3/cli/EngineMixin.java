package da3.cli;

import da3.core.EngineOptions;
import picocli.CommandLine.Option;

/** Which engine computes. */
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

    EngineOptions options() {
        return new EngineOptions(engine, threads);
    }
}
