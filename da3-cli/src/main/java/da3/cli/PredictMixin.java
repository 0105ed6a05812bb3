package da3.cli;

import da3.core.DepthAnything3;
import da3.core.Prediction;
import da3.core.Request;
import da3.core.ResizeMethod;
import da3.geometry.Image;
import da3.io.ExportDirectory;
import da3.io.GlbOptions;
import da3.nn.ReferenceViewStrategy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** From photos to an export directory: what {@code auto}, {@code image} and {@code images} share. */
final class PredictMixin {

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
            defaultValue = "mini_npz-depth_vis",
            description = "Formats joined by -: mini_npz, npz, glb, depth_vis, depth_png16, depth_pfm, depth_tiff, "
                    + "ply, mesh_ply, mesh_glb; "
                    + "default ${DEFAULT-VALUE}.")
    private String exportFormat;

    @Option(names = "--overwrite", description = "Replace results of an earlier run.")
    private boolean overwrite;

    @Option(
            names = "--process-res",
            paramLabel = "PIXELS",
            defaultValue = "504",
            description = "Side that the photos are brought to; default ${DEFAULT-VALUE}.")
    private int resolution;

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

    @Mixin
    private GlbMixin glb;

    @Mixin
    private EngineMixin engine;

    /** A photo, and what to call it. */
    interface Photo {
        Image read() throws IOException;
    }

    /** Reads the photos, predicts, and writes every format; nothing is written before all is computed. */
    int run(List<Photo> photos, PrintWriter out, PrintWriter err) throws IOException {
        List<ExportFormat> formats = ExportFormat.parse(exportFormat);
        GlbOptions glbOptions = glb.options().withSeed(seed);
        ExportDirectory.open(exportDirectory);
        requireFree(formats);
        List<Image> images = new ArrayList<>();
        for (Photo photo : photos) {
            images.add(photo.read());
        }
        Request request = Request.of(images)
                .withResolution(resolution, ResizeMethod.of(resizeMethod))
                .withPosesFromRays(posesFromRays)
                .withReferenceView(ReferenceViewStrategy.of(referenceView))
                .withSeed(seed);
        try (TerminalProgress progress = new TerminalProgress(err);
                DepthAnything3 depthAnything = model.load(engine.options(), err)) {
            long start = System.nanoTime();
            Prediction prediction = depthAnything.predict(request, progress);
            progress.close();
            err.printf(Locale.ROOT, "da3: %d views in %.1f s%n", images.size(), (System.nanoTime() - start) / 1e9);
            for (ExportFormat format : formats) {
                for (Path file : format.write(prediction.scene(), exportDirectory, glbOptions)) {
                    out.println(file);
                }
            }
        }
        out.flush();
        return 0;
    }

    private void requireFree(List<ExportFormat> formats) throws IOException {
        for (ExportFormat format : formats) {
            Path results = format.resultsIn(exportDirectory);
            if (!overwrite && isTaken(results)) {
                throw new FileAlreadyExistsException(
                        results.toString(), null, "holds results already; --overwrite replaces them");
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
