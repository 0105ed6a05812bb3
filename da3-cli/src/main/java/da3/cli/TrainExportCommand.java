package da3.cli;

import da3.train.checkpoint.RunFolder;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Export of the model that a run trained. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the model of a run in the published layout: config.json and model.safetensors.",
            "Uses the averaged weights of the best checkpoint, or of the newest one if none was validated."
        })
final class TrainExportCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "RUN", description = "Directory of a run.")
    private String run;

    @Parameters(
            index = "1",
            paramLabel = "TARGET",
            description = "Folder, which also receives a config.json, or .safetensors file.")
    private Path target;

    @Mixin
    private ConversionMixin conversion;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        RunFolder folder = RunFolder.of(run)
                .orElseThrow(() -> new NoSuchFileException(run, null, "must be the directory of a run"));
        // an absolute path, since a relative one could be read as the name of a model
        String model = folder.model().toAbsolutePath().toString();
        ModelConversion.write(model, target, conversion.options(OptionalLong.empty()), spec.commandLine());
        return 0;
    }
}
