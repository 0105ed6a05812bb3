package da3.cli;

import da3.train.run.TrainConfig;
import da3.train.run.TrainConfigFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The configuration of a run. */
final class TrainConfigMixin {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "The configuration, in YAML; paths in it are relative to the current folder.")
    private Path file;

    @Parameters(
            paramLabel = "KEY=VALUE",
            arity = "0..*",
            description = "Changes to the configuration, for instance checkpoints.minutes=5 or phases.0.steps=100.")
    private List<String> overrides = new ArrayList<>();

    TrainConfig read() throws IOException {
        return TrainConfigFile.read(file, overrides);
    }
}
