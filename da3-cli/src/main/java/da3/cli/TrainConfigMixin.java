package da3.cli;

import da3.train.config.TrainConfig;
import da3.train.config.TrainConfigFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Options of the training configuration. */
final class TrainConfigMixin {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration file in YAML. Its paths are relative to the current directory.")
    private Path file;

    @Parameters(
            paramLabel = "KEY=VALUE",
            arity = "0..*",
            description = "Overrides of the configuration, for instance checkpoints.minutes=5 or phases.0.steps=100.")
    private List<String> overrides = new ArrayList<>();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Reads the configuration. The option is checked here, since picocli would also require it before subcommands. */
    TrainConfig read() throws IOException {
        if (file == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--config=FILE'");
        }
        return TrainConfigFile.read(file, overrides);
    }
}
