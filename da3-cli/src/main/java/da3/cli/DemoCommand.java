package da3.cli;

import da3.core.DepthAnything3;
import da3.core.InputProcessing;
import da3.core.Prediction;
import da3.core.Request;
import da3.demo.DemoFigures;
import da3.demo.DemoPage;
import da3.demo.DemoResult;
import da3.demo.DemoScenes;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.check.Check;
import da3.io.ExportDirectory;
import da3.nn.ModelConfig;
import da3.server.http.ServerSettings;
import da3.server.tasks.TaskSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Renders synthetic scenes, predicts their geometry, and shows both. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Renders synthetic scenes of known depth, predicts depth and cameras from the images, and writes a page with both.")
final class DemoCommand implements Callable<Integer> {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int MIN_DEFAULT_WIDTH = 336;
    private static final int MOST_VIEWS = 16;
    private static final int MOST_PIXELS_A_SIDE = 2016;

    /** A small trained model that needs no download. */
    @Mixin
    private ModelMixin model = new ModelMixin("da3-tiny");

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(
            names = "--export-dir",
            paramLabel = "DIR",
            defaultValue = "demo",
            description = "Where results go; default ${DEFAULT-VALUE}.")
    private Path exportDirectory;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(names = "--views", paramLabel = "N", defaultValue = "3", description = "Photos of each place; default 3.")
    private int views;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--size",
            paramLabel = "WxH",
            description = "Width and height of the images, multiples of 14; default: 4:3, as wide as the model's "
                    + "processing size, but at least 336.")
    private String size;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--scene",
            paramLabel = "PLACE",
            description = "Only this place: ${COMPLETION-CANDIDATES}; both without it.")
    private DemoScenes world;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "Seed of the places and of every random draw; default ${DEFAULT-VALUE}.")
    private long seed;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(
            names = "--open",
            description = "Then serve the places and the model, open the service's page, and run until stopped.")
    private boolean open;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(names = "--overwrite", description = "Replace results of an earlier run.")
    private boolean overwrite;

    @Mixin
    private EngineMixin engine;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<int[]> chosen = size == null ? Optional.empty() : Optional.of(sides());
        Check.inRange("views", 1, MOST_VIEWS, views);
        List<DemoScenes> worlds = world == null ? List.of(DemoScenes.values()) : List.of(world);
        ExportDirectory directory = ExportDirectory.open(exportDirectory);
        requireFree(worlds);
        List<DemoResult> results = new ArrayList<>();
        try (TerminalProgress progress = new TerminalProgress(err);
                DepthAnything3 depthAnything = model.load(engine.options(), err)) {
            int[] sides = chosen.orElseGet(() -> sides(depthAnything.config()));
            long start = System.nanoTime();
            Map<DemoScenes, Scene> truths = new EnumMap<>(DemoScenes.class);
            for (DemoScenes place : worlds) {
                truths.put(place, place.render(views, sides[0], sides[1], seed));
            }
            double renderSeconds = (System.nanoTime() - start) / 1e9;
            for (Map.Entry<DemoScenes, Scene> truth : truths.entrySet()) {
                results.add(predicted(truth.getKey(), truth.getValue(), depthAnything, progress));
                progress.close();
            }
            DemoFigures figures = new DemoFigures(
                    model.name(),
                    depthAnything.engine().description(),
                    views,
                    sides[0],
                    sides[1],
                    seed,
                    renderSeconds,
                    ResidentMemory.peakBytes());
            new DemoPage(directory, figures).write(results).forEach(out::println);
        }
        out.flush();
        if (open) {
            serve(directory.root());
        }
        return 0;
    }

    /** The same model, on a port that is free, for this machine only; results are the gallery. */
    private void serve(Path results) throws IOException, InterruptedException {
        ServerSettings settings =
                ServerSettings.defaults().withAddress(LOOPBACK, 0).withGalleryDirectory(results);
        TaskSettings tasks = TaskSettings.of(results.resolve("workspace"));
        try (Backend backend = Backend.start(settings, tasks, Backend.model(model.name(), engine.options()))) {
            backend.untilStopped(model.name(), true, spec.commandLine());
        }
    }

    private DemoResult predicted(
            DemoScenes place, Scene truth, DepthAnything3 depthAnything, TerminalProgress progress) {
        Request request = Request.of(truth.views().stream().map(View::image).toList())
                .withOptions(o -> o.weightsHash(false)
                        .resolution(Math.min(
                                depthAnything.config().processingSize(),
                                Math.max(
                                        truth.view(0).image().width(),
                                        truth.view(0).image().height())))
                        .nativeSize(true)
                        .seed(seed));
        long start = System.nanoTime();
        Prediction prediction = depthAnything.predict(request, progress);
        return new DemoResult(place, truth, prediction.scene(), (System.nanoTime() - start) / 1e9);
    }

    private void requireFree(List<DemoScenes> worlds) throws IOException {
        List<Path> paths = new ArrayList<>();
        paths.add(exportDirectory.resolve(DemoPage.INDEX));
        worlds.forEach(place -> paths.add(exportDirectory.resolve(place.folder())));
        for (Path path : paths) {
            if (!overwrite && Files.exists(path)) {
                throw new FileAlreadyExistsException(
                        path.toString(), null, "holds results already; --overwrite replaces them");
            }
        }
    }

    /** Width and height. */
    private int[] sides() {
        if (size.matches("\\d{1,4}x\\d{1,4}")) {
            String[] parts = size.split("x");
            int width = Integer.parseInt(parts[0]);
            int height = Integer.parseInt(parts[1]);
            if (isSide(width) && isSide(height)) {
                return new int[] {width, height};
            }
        }
        throw Check.invalid(
                "size",
                "WIDTHxHEIGHT in multiples of " + InputProcessing.PATCH + " up to " + MOST_PIXELS_A_SIDE
                        + ", for instance 336x252",
                "'" + size + "'");
    }

    /** Returns the default width and height, which are large enough to look at, and not below the processing size. */
    private static int[] sides(ModelConfig model) {
        int patches = Math.max(MIN_DEFAULT_WIDTH, model.processingSize()) / InputProcessing.PATCH;
        int rows = Math.round(patches * 3 / 4f);
        return new int[] {patches * InputProcessing.PATCH, rows * InputProcessing.PATCH};
    }

    private static boolean isSide(int pixels) {
        return pixels > 0 && pixels <= MOST_PIXELS_A_SIDE && pixels % InputProcessing.PATCH == 0;
    }
}
