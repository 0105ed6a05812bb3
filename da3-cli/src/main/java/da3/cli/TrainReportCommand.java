package da3.cli;

import da3.train.checkpoint.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Report of a run. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = {
            "Writes report.html of a run: a page with curves, pictures of the last validation, and the configuration.",
            "A run with validations writes it with each of them."
        })
final class TrainReportCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "RUN", description = "Directory of a run.")
    private String run;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        RunFolder folder = RunFolder.of(run)
                .orElseThrow(() -> new NoSuchFileException(run, null, "must be the directory of a run"));
        PrintWriter out = spec.commandLine().getOut();
        out.println(folder.writeReport());
        out.flush();
        return 0;
    }
}
