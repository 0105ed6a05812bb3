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

/** A training run. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        subcommands = TrainRenderCommand.class,
        description = {
            "Trains an any-view network as a configuration file says.",
            "SIGTERM and Ctrl-C save the run; --resume auto goes on with it."
        })
final class TrainCommand implements Callable<Integer> {

    /** Whether a run goes on from its newest checkpoint. */
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
            description = "Where checkpoints, tables and TensorBoard events go; default ${DEFAULT-VALUE}.")
    private Path out;

    @Option(
            names = "--resume",
            paramLabel = "WHEN",
            defaultValue = "never",
            description = "auto goes on from the newest checkpoint, if there is one; default ${DEFAULT-VALUE}.")
    private Resume resume;

    @Option(
            names = "--dry-run",
            description =
                    "Tell the whole configuration, sizes and memory, check data, take one step, and write nothing.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter told = spec.commandLine().getOut();
        TrainingRun run = new TrainingRun(configuration.read(), line -> {
            told.println(line);
            told.flush();
        });
        if (dryRun) {
            run.dryRun();
            return 0;
        }
        try (StopSignal stop = new StopSignal()) {
            run.train(out, resume == Resume.AUTO, stop);
        }
        return 0;
    }
}
