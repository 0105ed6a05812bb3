package da3.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Commands for checkpoints. */
@Command(
        name = "model",
        mixinStandardHelpOptions = true,
        description = "Downloads, lists, describes, converts and exports models.",
        subcommands = {
            ModelPullCommand.class,
            ModelListCommand.class,
            ModelInfoCommand.class,
            ModelConvertCommand.class,
            ModelExportCommand.class
        })
final class ModelCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    /** Prints the help if no subcommand is given. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
