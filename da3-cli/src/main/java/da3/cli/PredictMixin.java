package da3.cli;

import da3.core.DepthAnything3;
import da3.core.InputProcessing;
import da3.core.Prediction;
import da3.core.Request;
import da3.core.ResizeMethod;
import da3.export.Export;
import da3.export.ExportFormat;
import da3.export.ExportOptions;
import da3.geometry.Image;
import da3.io.ExportDirectory;
import da3.io.Images;
import da3.nn.ReferenceViewStrategy;
import da3.server.client.BackendTask;
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

/** From photos to an export directory: what {@code auto}, {@code image} and {@code images} share. */
final class PredictMixin {

    private static final List<String> NOT_SENT = List.of(
            "--native-size",
            "--independent",
            "--json",
            "--download",
            "--engine",
            "--threads",
            "--precision",
            "--gs-path",
            "--gs-quality");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private ModelMixin model = new ModelMixin(ModelMixin.DEFAULT);

    @Option(
            names = "--export-dir",
            paramLabel = "DIR",
            defaultValue = "output",
            description = "Where results go; default ${DEFAULT-VALUE}.")
    private Path exportDirectory;

    @Option(
            names = "--export-format",
            paramLabel = "FORMATS",
            description =
                    "Formats joined by -: mini_npz, npz, glb, colmap, colmap_text, tum, kitti, depth_vis, feat_vis, "
                            + "depth_png16, depth_pfm, depth_tiff, gs_ply, gs_video, ply, mesh_ply, mesh_glb; "
                            + "default mini_npz-glb-depth_vis, and depth_vis with --independent.")
    private String exportFormat;

    @Option(names = "--overwrite", description = "Replace results of an earlier run.")
    private boolean overwrite;

    @Mixin
    private ResolutionMixin resolution;

    @Option(
            names = "--process-res-method",
            paramLabel = "METHOD",
            defaultValue = "upper_bound_resize",
            description = "upper_bound_resize, upper_bound_crop, lower_bound_resize or lower_bound_crop; "
                    + "default ${DEFAULT-VALUE}.")
    private String resizeMethod;

    @Option(names = "--use-ray-pose", description = "Fit cameras to the rays instead of decoding camera tokens.")
    private boolean posesFromRays;

    @Option(
            names = "--ref-view-strategy",
            paramLabel = "STRATEGY",
            defaultValue = "saddle_balanced",
            description = "first, middle, saddle_balanced or saddle_sim_range; default ${DEFAULT-VALUE}.")
    private String referenceView;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "Seed of every random draw; default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--native-size", description = "Depth and confidence at the photos' own size, with matching K.")
    private boolean nativeSize;

    @Option(names = "--independent", description = "Photos of unrelated places: each as if it were alone.")
    private boolean independent;

    @Option(names = "--quiet", description = "Errors only on standard error.")
    private boolean quiet;

    @Option(names = "--json", description = "One JSON object on standard output instead of the files' names.")
    private boolean json;

    @Mixin
    private GlbMixin glb;

    @Mixin
    private GaussianVideoMixin gaussians;

    @Mixin
    private FeatureMixin features;

    @Mixin
    private EngineMixin engine;

    @Mixin
    private BackendMixin backend;

    /**
     * A photo, and what to call it.
     *
     * @param file that it is, just as it is read; absent for one that was made
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
        return run(photos, UnaryOperator.identity(), out, err);
    }

    /** @param known adds to the request what is known of the photos */
    int run(List<Photo> photos, UnaryOperator<Request> known, PrintWriter out, PrintWriter err) throws IOException {
        List<ExportFormat> formats = ExportFormat.parse(
                exportFormat != null ? exportFormat : independent ? "depth_vis" : "mini_npz-glb-depth_vis");
        features.requireFor(formats);
        ExportOptions options =
                new ExportOptions(glb.options().withSeed(seed), features.framesPerSecond(), gaussians.video());
        ResizeMethod resize = ResizeMethod.of(resizeMethod);
        ReferenceViewStrategy strategy = ReferenceViewStrategy.of(referenceView);
        requireFree(formats);
        PrintWriter told = quiet ? new PrintWriter(Writer.nullWriter()) : err;
        if (backend.used()) {
            requireSent();
            Request request = request(images(photos), formats, resize, strategy, known);
            return runThere(photos, request, formats, options, told, out);
        }
        Background<List<Image>> reading = Background.start("da3-photos", () -> images(photos));
        if (!model.isHere()) {
            reading.get(); // what is wrong with photos is told before a download
        }
        try (TerminalProgress progress = new TerminalProgress(told);
                DepthAnything3 depthAnything = model.load(engine.options(), told)) {
            Request request = request(reading.get(), formats, resize, strategy, known);
            ExportFormat.requireServed(formats, depthAnything.config(), model.name());
            InputProcessing.Size size = request.mapSize(depthAnything.config());
            ExportFormat.requireSize(formats, size.width(), size.height());
            ExportDirectory.open(exportDirectory);
            long start = System.nanoTime();
            Prediction prediction = depthAnything.predict(request, progress);
            double seconds = (System.nanoTime() - start) / 1e9;
            progress.close();
            told.printf(Locale.ROOT, "da3: %s in %.1f s%n", Plural.of(photos.size(), "view"), seconds);
            prediction.warnings().forEach(warning -> told.println("da3: " + warning));
            told.flush();
            Export export = Export.of(
                    prediction, request, photos.stream().map(Photo::name).toList(), exportDirectory, options);
            List<Path> files = new ArrayList<>();
            for (ExportFormat format : formats) {
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

    private static List<Image> images(List<Photo> photos) throws IOException {
        List<Image> images = new ArrayList<>();
        for (Photo photo : photos) {
            images.add(photo.source().read());
        }
        return images;
    }

    private Request request(
            List<Image> images,
            List<ExportFormat> formats,
            ResizeMethod resize,
            ReferenceViewStrategy strategy,
            UnaryOperator<Request> known) {
        requireOneScene(formats, images);
        Request request = known.apply(Request.of(images)
                .withResolution(resolution.resolution(), resize)
                .withPosesFromRays(posesFromRays)
                .withReferenceView(strategy)
                .withOutputs(ExportFormat.outputs(formats))
                .withFeatureLayers(features.layers())
                .withSeed(seed));
        request = nativeSize ? request.withNativeSize() : request;
        request = independent ? request.independentViews() : request;
        return json ? request : request.withoutWeightsHash();
    }

    /** A service would not hear of these options, and decides some of them itself. */
    private void requireSent() {
        for (String option : NOT_SENT) {
            if (isGiven(option)) {
                throw new IllegalArgumentException(
                        option + " is not served by a backend; legal: without it, or without --use-backend");
            }
        }
    }

    /** Tells whether an option is on the command line, be it with the default's value. */
    private boolean isGiven(String option) {
        return command.commandLine().getParseResult().hasMatchedOption(option);
    }

    /** As {@link #run}, in a service. */
    private int runThere(
            List<Photo> photos,
            Request request,
            List<ExportFormat> formats,
            ExportOptions options,
            PrintWriter told,
            PrintWriter out)
            throws IOException {
        Optional<String> named = isGiven("--model") ? Optional.of(model.name()) : Optional.empty();
        BackendMixin.Fetched fetched =
                backend.run(photos, request, formats, options, named, exportDirectory, overwrite, told);
        for (ExportFormat format : formats) {
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

    /** Before an hour of computing rather than after it. */
    private void requireOneScene(List<ExportFormat> formats, List<Image> images) {
        boolean alike = images.stream()
                        .map(image -> image.width() + "x" + image.height())
                        .distinct()
                        .count()
                == 1;
        for (ExportFormat format : formats) {
            if (independent && format.isOneScene()) {
                throw new IllegalArgumentException("format " + format.id()
                        + " puts all views into one scene; legal with --independent: " + ExportFormat.viewByView());
            }
            if (!alike && (nativeSize || independent) && format.isOneArray()) {
                throw new IllegalArgumentException("format " + format.id()
                        + " holds maps of one size, and the photos are of different sizes; legal: "
                        + ExportFormat.viewByView() + ", glb");
            }
        }
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
