package da3.cli;

import da3.train.run.TrainConfig;
import da3.train.run.TrainConfigFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The configuration of a run. */
final class TrainConfigMixin {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration, in YAML; paths in it are relative to the current folder.")
    private Path file;

    @Parameters(
            paramLabel = "KEY=VALUE",
            arity = "0..*",
            description = "Changes to the configuration, for instance checkpoints.minutes=5 or phases.0.steps=100.")
    private List<String> overrides = new ArrayList<>();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Reads it. That there is one is checked here, because a required option of a command is one of its subcommands. */
    TrainConfig read() throws IOException {
        if (file == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--config=FILE'");
        }
        return TrainConfigFile.read(file, overrides);
    }
}
