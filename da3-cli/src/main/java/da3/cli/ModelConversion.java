package da3.cli;

import da3.core.ModelReference;
import da3.core.ModelSource;
import da3.weights.Conversion;
import da3.weights.ConversionOptions;
import da3.weights.ConversionReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine;

/** Writes a model as safetensors files and prints their paths. */
final class ModelConversion {

    private ModelConversion() {}

    /** @param model reference of the model, as {@link ModelReference#parse} reads it */
    static void write(String model, Path target, ConversionOptions options, CommandLine commandLine)
            throws IOException {
        PrintWriter out = commandLine.getOut();
        PrintWriter err = commandLine.getErr();
        try (TerminalProgress progress = new TerminalProgress(err);
                ModelSource source = ModelSource.open(ModelReference.parse(model), ModelSource.hub())) {
            source.licenseNotice().ifPresent(notice -> {
                err.println("da3: " + notice);
                err.flush();
            });
            ConversionReport report =
                    Conversion.write(source.weights(), source.config(), source.preset(), target, options, progress);
            progress.close();
            report.files().forEach(out::println);
            err.printf(
                    Locale.ROOT,
                    "da3: %d tensors, %,d bytes as %s%n",
                    report.tensors(),
                    report.storedBytes(),
                    options.precision());
        }
        out.flush();
    }
}
