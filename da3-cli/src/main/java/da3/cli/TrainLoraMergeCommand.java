package da3.cli;

import da3.core.ModelReference;
import da3.core.ModelSource;
import da3.train.checkpoint.MergedCheckpoint;
import da3.train.lora.PeftFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Merging of an adapter into its base. */
@Command(
        name = "lora-merge",
        mixinStandardHelpOptions = true,
        description = {
            "Merges a LoRA adapter into its base and writes the result as a model.",
            "The adapter has the layout of the PEFT library. The license of the base applies to the result."
        })
final class TrainLoraMergeCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "ADAPTER",
            description = "Directory with adapter_config.json and adapter_model.safetensors.")
    private Path adapter;

    @Option(
            names = "--base",
            required = true,
            paramLabel = "MODEL",
            description = "Model that the adapter was trained on: cached hub id, folder, file, or da3-tiny.")
    private String base;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Directory for the merged model.")
    private Path target;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (ModelSource source = ModelSource.open(ModelReference.parse(base), ModelSource.hub())) {
            source.licenseNotice().ifPresent(notice -> {
                err.println("da3: " + notice);
                err.flush();
            });
            MergedCheckpoint.write(source, base, PeftFiles.read(adapter), target);
        }
        out.println(target);
        out.flush();
        return 0;
    }
}
