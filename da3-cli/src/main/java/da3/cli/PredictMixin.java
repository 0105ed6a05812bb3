package da3.cli;

import da3.core.DepthAnything3;
import da3.core.Prediction;
import da3.core.Request;
import da3.core.ViewPrior;
import da3.export.Export;
import da3.export.ExportFormat;
import da3.export.JobOptions;
import da3.geometry.Image;
import da3.geometry.KnownDistance;
import da3.io.ExportDirectory;
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
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Prediction from images, and export of the results. Commands with this mixin need a transformer of {@link JobOptionSpecs},
 * which adds the options of the job.
 */
final class PredictMixin {

    /** Default export formats of the command. */
    private static final List<ExportFormat> DEFAULT_FORMATS =
            List.of(ExportFormat.MINI_NPZ, ExportFormat.GLB, ExportFormat.DEPTH_VIS);

    /** Options that have no effect with --use-backend. */
    private static final List<String> LOCAL_ONLY =
            List.of("--json", "--download", "--engine", "--threads", "--precision", "--known-distance");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private ModelMixin model = new ModelMixin(ModelMixin.DEFAULT);

    @HelpGroup.In(HelpGroup.PREDICTION)
    @Option(
            names = "--known-distance",
            paramLabel = "[VIEW:]X,Y:X,Y=METERS",
            converter = KnownDistanceConverter.class,
            description =
                    "Convert the scene to meters by the known distance between two points of an image, in pixels of "
                            + "the upright image, for instance 412,300:980,310=1.48. Default of VIEW: 0, the first image.")
    private KnownDistance knownDistance;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(
            names = "--export-dir",
            paramLabel = "DIR",
            defaultValue = "output",
            description = "Export directory. Default: ${DEFAULT-VALUE}.")
    private Path exportDirectory;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(names = "--overwrite", description = "Replace the results of an earlier run.")
    private boolean overwrite;

    @Option(names = "--quiet", description = "Print only errors to standard error.")
    private boolean quiet;

    @Option(names = "--json", description = "Print a JSON object to standard output instead of file names.")
    private boolean json;

    @Mixin
    private EngineMixin engine;

    @Mixin
    private BackendMixin backend;

    /** Predicts from images without priors and writes all export formats. */
    int run(List<InputImage> images, PrintWriter out, PrintWriter err) throws IOException {
        return run(images, List.of(), out, err);
    }

    /**
     * Predicts from images and writes all export formats. Nothing is written before the prediction is complete.
     *
     * @param priors priors, one per image or none at all
     * @return the exit code
     */
    int run(List<InputImage> images, List<ViewPrior> priors, PrintWriter out, PrintWriter err) throws IOException {
        return run(images, priors, job(), UnaryOperator.identity(), out, err);
    }

    /** Predicts from the images of a rig, whose poses are in meters, and writes all export formats. */
    int run(RigInput rig, PrintWriter out, PrintWriter err) throws IOException {
        OptionConflicts.reject(command, List.of("--use-backend"), "rig");
        JobOptions job = job().toBuilder().inference(o -> o.posesInMeters(true)).build();
        return run(rig.images(), rig.priors(), job, rig::masked, out, err);
    }

    /** @param change changes the prediction before it is exported */
    private int run(
            List<InputImage> images,
            List<ViewPrior> priors,
            JobOptions job,
            UnaryOperator<Prediction> change,
            PrintWriter out,
            PrintWriter err)
            throws IOException {
        requireNoResults(job.formats());
        PrintWriter messages = quiet ? new PrintWriter(Writer.nullWriter()) : err;
        if (backend.enabled()) {
            OptionConflicts.reject(command, LOCAL_ONLY, "--use-backend");
            return runOnBackend(images, TaskOptions.of(job).withPriors(priors), messages, out);
        }
        Background<List<Image>> reading = Background.start("da3-images", () -> read(images));
        if (!model.isAvailable()) {
            reading.get(); // reports invalid images before a download
        }
        try (TerminalProgress progress = new TerminalProgress(messages);
                DepthAnything3 depthAnything = model.load(engine.options(), messages)) {
            Request request = new Request(reading.get(), priors, job.inference(), Optional.ofNullable(knownDistance));
            job.requireServed(depthAnything.config(), model.name(), request.sizes());
            ExportDirectory.open(exportDirectory);
            long start = System.nanoTime();
            Prediction prediction = change.apply(depthAnything.predict(request, progress));
            double seconds = (System.nanoTime() - start) / 1e9;
            progress.close();
            messages.printf(Locale.ROOT, "da3: %s in %.1f s%n", Plural.of(images.size(), "view"), seconds);
            prediction.warnings().forEach(warning -> messages.println("da3: " + warning));
            messages.flush();
            Export export = Export.of(
                    prediction, request, images.stream().map(InputImage::name).toList(), exportDirectory, job.export());
            List<Path> files = new ArrayList<>();
            for (ExportFormat format : job.formats()) {
                files.addAll(format.write(export));
                format.removeStale(exportDirectory, images.size());
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
        JobOptions.Builder builder = JobOptions.builder().inference(o -> o.weightsHash(json));
        JobOptionSpecs.read(command.commandLine().getParseResult(), builder);
        JobOptions job = builder.build();
        return isGiven("--export-format") || job.inference().independent()
                ? job
                : job.toBuilder().formats(DEFAULT_FORMATS).build();
    }

    private static List<Image> read(List<InputImage> images) throws IOException {
        List<Image> pixels = new ArrayList<>();
        for (InputImage image : images) {
            pixels.add(image.source().read());
        }
        return pixels;
    }

    /** Returns whether an option is on the command line. */
    private boolean isGiven(String option) {
        return command.commandLine().getParseResult().hasMatchedOption(option);
    }

    /** Predicts in a service, which also checks the image files. */
    private int runOnBackend(List<InputImage> images, TaskOptions options, PrintWriter messages, PrintWriter out)
            throws IOException {
        boolean named = isGiven("--model") || isGiven("--metric-model");
        Optional<String> modelName = named ? Optional.of(model.name()) : Optional.empty();
        BackendMixin.RemoteResult result =
                backend.run(images, options, modelName, exportDirectory, overwrite, messages);
        for (ExportFormat format : options.job().formats()) {
            format.removeStale(exportDirectory, images.size());
        }
        BackendTask task = result.task();
        messages.printf(
                Locale.ROOT,
                "da3: %s in %.1f s%n",
                Plural.of(task.views(), "view"),
                task.processingSeconds().orElse(0.0));
        task.warnings().forEach(warning -> messages.println("da3: " + warning));
        messages.flush();
        result.files().forEach(out::println);
        out.flush();
        return 0;
    }

    private void requireNoResults(List<ExportFormat> formats) throws IOException {
        for (ExportFormat format : formats) {
            for (Path results : format.resultsIn(exportDirectory)) {
                if (!overwrite && hasFiles(results)) {
                    throw new FileAlreadyExistsException(
                            results.toString(), null, "already contains results; use --overwrite to replace them");
                }
            }
        }
    }

    private static boolean hasFiles(Path results) throws IOException {
        if (!Files.isDirectory(results)) {
            return Files.exists(results);
        }
        try (Stream<Path> files = Files.list(results)) {
            return files.findAny().isPresent();
        }
    }
}
