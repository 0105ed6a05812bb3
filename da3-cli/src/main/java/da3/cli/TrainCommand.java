package da3.cli;

import da3.train.run.StopSignal;
import da3.train.run.TrainingRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Training of a network. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        subcommands = {TrainRenderCommand.class, TrainLabelCommand.class, TrainLoraMergeCommand.class},
        description = {
            "Trains a network according to a configuration file.",
            "SIGTERM and Ctrl-C save a checkpoint; --resume auto continues from it."
        })
final class TrainCommand implements Callable<Integer> {

    /** Modes of continuing a run from its newest checkpoint. */
    enum Resume {
        NEVER,
        AUTO
    }

    @Mixin
    private TrainConfigMixin configuration;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "run",
            description = "Directory for checkpoints, tables and TensorBoard events. Default: ${DEFAULT-VALUE}.")
    private Path runDirectory;

    @Option(
            names = "--resume",
            paramLabel = "WHEN",
            defaultValue = "never",
            description =
                    "never, or auto to continue from the newest checkpoint if there is one. Default: ${DEFAULT-VALUE}.")
    private Resume resume;

    @Option(
            names = "--dry-run",
            description = "Print the configuration, sizes and memory, check the data, and run one step without writing"
                    + " files.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        TrainingRun run = new TrainingRun(configuration.read(), line -> {
            out.println(line);
            out.flush();
        });
        if (dryRun) {
            run.dryRun();
            return 0;
        }
        try (StopSignal stop = new StopSignal()) {
            run.train(runDirectory, resume == Resume.AUTO, stop);
        }
        return 0;
    }
}
