package da3.cli;

import da3.core.DepthAnything3;
import da3.core.Prediction;
import da3.core.Request;
import da3.core.ViewPrior;
import da3.export.Export;
import da3.export.ExportFormat;
import da3.export.JobOptions;
import da3.geometry.Image;
import da3.io.ExportDirectory;
import da3.io.Images;
import da3.server.client.BackendTask;
import da3.server.wire.TaskOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Predicts from photos and writes the export directory. Commands with this mixin have a transformer of {@link
 * JobOptionSpecs}, which adds the options of the job.
 */
final class PredictMixin {

    /** Formats that are written unless others are named. */
    private static final List<ExportFormat> FORMATS =
            List.of(ExportFormat.MINI_NPZ, ExportFormat.GLB, ExportFormat.DEPTH_VIS);

    /** Options of this process that a service has no use for. */
    private static final List<String> NOT_SENT =
            List.of("--json", "--download", "--engine", "--threads", "--precision");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private ModelMixin model = new ModelMixin(ModelMixin.DEFAULT);

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(
            names = "--export-dir",
            paramLabel = "DIR",
            defaultValue = "output",
            description = "Folder for the results; default ${DEFAULT-VALUE}.")
    private Path exportDirectory;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(names = "--overwrite", description = "Replace the results of an earlier run.")
    private boolean overwrite;

    @Option(names = "--quiet", description = "Print only errors on standard error.")
    private boolean quiet;

    @Option(
            names = "--json",
            description = "Print one JSON object on standard output instead of the names of the files.")
    private boolean json;

    @Mixin
    private EngineMixin engine;

    @Mixin
    private BackendMixin backend;

    /**
     * A photo with a name.
     *
     * @param source reads the pixels
     * @param file the file with exactly these pixels; empty for a photo that was computed
     */
    record Photo(String name, Source source, Optional<Path> file) {

        @FunctionalInterface
        interface Source {
            Image read() throws IOException;
        }

        static Photo of(Path file) {
            return new Photo(String.valueOf(file.getFileName()), () -> Images.read(file), Optional.of(file));
        }

        static Photo made(String name, Source source) {
            return new Photo(name, source, Optional.empty());
        }
    }

    /** Reads the photos, predicts, and writes every format; nothing is written before all is computed. */
    int run(List<Photo> photos, PrintWriter out, PrintWriter err) throws IOException {
        return run(photos, List.of(), out, err);
    }

    /** @param priors what is known of each photo, one per photo or none at all */
    int run(List<Photo> photos, List<ViewPrior> priors, PrintWriter out, PrintWriter err) throws IOException {
        JobOptions job = job();
        requireFree(job.formats());
        PrintWriter told = quiet ? new PrintWriter(Writer.nullWriter()) : err;
        if (backend.used()) {
            requireSent();
            return runThere(photos, new TaskOptions(job, priors), told, out);
        }
        Background<List<Image>> reading = Background.start("da3-photos", () -> images(photos));
        if (!model.isHere()) {
            reading.get(); // bad photos are reported before a download
        }
        try (TerminalProgress progress = new TerminalProgress(told);
                DepthAnything3 depthAnything = model.load(engine.options(), told)) {
            Request request = new Request(reading.get(), priors, job.inference());
            job.requireServed(depthAnything.config(), model.name(), request.sizes());
            ExportDirectory.open(exportDirectory);
            long start = System.nanoTime();
            Prediction prediction = depthAnything.predict(request, progress);
            double seconds = (System.nanoTime() - start) / 1e9;
            progress.close();
            told.printf(Locale.ROOT, "da3: %s in %.1f s%n", Plural.of(photos.size(), "view"), seconds);
            prediction.warnings().forEach(warning -> told.println("da3: " + warning));
            told.flush();
            Export export = Export.of(
                    prediction, request, photos.stream().map(Photo::name).toList(), exportDirectory, job.export());
            List<Path> files = new ArrayList<>();
            for (ExportFormat format : job.formats()) {
                files.addAll(format.write(export));
                format.removeStale(exportDirectory, photos.size());
            }
            if (json) {
                out.println(PredictionJson.of(prediction, files, seconds));
            } else {
                files.forEach(out::println);
            }
        }
        out.flush();
        return 0;
    }

    private JobOptions job() {
        JobOptions.Builder given = JobOptions.builder().inference(o -> o.weightsHash(json));
        JobOptionSpecs.read(command.commandLine().getParseResult(), given);
        JobOptions job = given.build();
        return isGiven("--export-format") || job.inference().independent()
                ? job
                : job.toBuilder().formats(FORMATS).build();
    }

    private static List<Image> images(List<Photo> photos) throws IOException {
        List<Image> images = new ArrayList<>();
        for (Photo photo : photos) {
            images.add(photo.source().read());
        }
        return images;
    }

    private void requireSent() {
        for (String option : NOT_SENT) {
            if (isGiven(option)) {
                throw new IllegalArgumentException(option + " has no effect in a service: omit it or --use-backend");
            }
        }
    }

    /** Returns whether an option is on the command line, possibly with its default value. */
    private boolean isGiven(String option) {
        return command.commandLine().getParseResult().hasMatchedOption(option);
    }

    /** Lets a service predict. Files are sent as they are; what is wrong with them is found there. */
    private int runThere(List<Photo> photos, TaskOptions options, PrintWriter told, PrintWriter out)
            throws IOException {
        Optional<String> named = isGiven("--model") ? Optional.of(model.name()) : Optional.empty();
        BackendMixin.Fetched fetched = backend.run(photos, options, named, exportDirectory, overwrite, told);
        for (ExportFormat format : options.job().formats()) {
            format.removeStale(exportDirectory, photos.size());
        }
        BackendTask task = fetched.task();
        told.printf(
                Locale.ROOT,
                "da3: %s in %.1f s%n",
                Plural.of(task.views(), "view"),
                task.processingSeconds().orElse(0.0));
        task.warnings().forEach(warning -> told.println("da3: " + warning));
        told.flush();
        fetched.files().forEach(out::println);
        out.flush();
        return 0;
    }

    private void requireFree(List<ExportFormat> formats) throws IOException {
        for (ExportFormat format : formats) {
            for (Path results : format.resultsIn(exportDirectory)) {
                if (!overwrite && isTaken(results)) {
                    throw new FileAlreadyExistsException(
                            results.toString(), null, "holds results already; --overwrite replaces them");
                }
            }
        }
    }

    private static boolean isTaken(Path results) throws IOException {
        if (!Files.isDirectory(results)) {
            return Files.exists(results);
        }
        try (Stream<Path> files = Files.list(results)) {
            return files.findAny().isPresent();
        }
    }
}
