package da3.cli;

import da3.core.DepthAnything3;
import da3.core.InputProcessing;
import da3.core.ModelReference;
import da3.core.Prediction;
import da3.core.ProcessMemory;
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

/** Demonstration on synthetic scenes, with a page that compares predictions and truth. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Renders synthetic scenes, predicts depth and cameras from the images, and writes a page that compares "
                        + "predictions and truth.")
final class DemoCommand implements Callable<Integer> {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int MIN_DEFAULT_WIDTH = 336;
    private static final int MAX_VIEWS = 16;

    @Mixin
    private ModelMixin model = new ModelMixin(ModelReference.TINY);

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(
            names = "--export-dir",
            paramLabel = "DIR",
            defaultValue = "demo",
            description = "Export directory. Default: ${DEFAULT-VALUE}.")
    private Path exportDirectory;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--views",
            paramLabel = "N",
            defaultValue = "3",
            description = "Number of views of each scene. Default: ${DEFAULT-VALUE}.")
    private int views;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--size",
            paramLabel = "HxW",
            description =
                    "Height and width of the images, multiples of 14. Default: 4:3, with the width of the model's "
                            + "processing size, but at least 336.")
    private String size;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--scene",
            paramLabel = "SCENE",
            description = "Scene to render: ${COMPLETION-CANDIDATES}. Default: both.")
    private DemoScenes scene;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "Seed of the scenes and of every random draw. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(
            names = "--open",
            description = "Serve the scenes and the model afterwards, open the web page, and run until stopped.")
    private boolean open;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(names = "--overwrite", description = "Replace the results of an earlier run.")
    private boolean overwrite;

    @Mixin
    private EngineMixin engine;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<SizeOption> requestedSize = Optional.ofNullable(size).map(SizeOption::parse);
        Check.inRange("views", 1, MAX_VIEWS, views);
        List<DemoScenes> scenes = scene == null ? List.of(DemoScenes.values()) : List.of(scene);
        ExportDirectory directory = ExportDirectory.open(exportDirectory);
        requireNoResults(scenes);
        List<DemoResult> results = new ArrayList<>();
        try (TerminalProgress progress = new TerminalProgress(err);
                DepthAnything3 depthAnything = model.load(engine.options(), err)) {
            SizeOption images = requestedSize.orElseGet(() -> defaultSize(depthAnything.config()));
            long start = System.nanoTime();
            Map<DemoScenes, Scene> truths = new EnumMap<>(DemoScenes.class);
            for (DemoScenes demoScene : scenes) {
                truths.put(demoScene, demoScene.render(views, images.width(), images.height(), seed));
            }
            double renderSeconds = (System.nanoTime() - start) / 1e9;
            for (Map.Entry<DemoScenes, Scene> truth : truths.entrySet()) {
                results.add(predict(truth.getKey(), truth.getValue(), depthAnything, progress));
                progress.close();
            }
            DemoFigures figures = new DemoFigures(
                    model.name(),
                    depthAnything.engine().description(),
                    views,
                    images.width(),
                    images.height(),
                    seed,
                    renderSeconds,
                    ProcessMemory.peak().orElse(-1));
            new DemoPage(directory, figures).write(results).forEach(out::println);
        }
        out.flush();
        if (open) {
            serve(directory.root());
        }
        return 0;
    }

    /** Serves the same model to this machine, with the results as the gallery. */
    private void serve(Path results) throws IOException, InterruptedException {
        ServerSettings settings =
                ServerSettings.defaults().withAddress(LOOPBACK, 0).withGalleryDirectory(results);
        TaskSettings tasks = TaskSettings.of(results.resolve("workspace"));
        try (Backend backend = Backend.start(settings, tasks, model.holder(engine.options()))) {
            backend.awaitStop(model.name(), true, spec.commandLine());
        }
    }

    private DemoResult predict(
            DemoScenes demoScene, Scene truth, DepthAnything3 depthAnything, TerminalProgress progress) {
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
        return new DemoResult(demoScene, truth, prediction.scene(), (System.nanoTime() - start) / 1e9);
    }

    private void requireNoResults(List<DemoScenes> scenes) throws IOException {
        List<Path> paths = new ArrayList<>();
        paths.add(exportDirectory.resolve(DemoPage.INDEX));
        scenes.forEach(demoScene -> paths.add(exportDirectory.resolve(demoScene.folder())));
        for (Path path : paths) {
            if (!overwrite && Files.exists(path)) {
                throw new FileAlreadyExistsException(
                        path.toString(), null, "already contains results; use --overwrite to replace them");
            }
        }
    }

    /** Returns the default size, which is large enough to look at, and not below the processing size. */
    private static SizeOption defaultSize(ModelConfig model) {
        int patches = Math.max(MIN_DEFAULT_WIDTH, model.processingSize()) / InputProcessing.PATCH;
        int rows = Math.round(patches * 3 / 4f);
        return new SizeOption(rows * InputProcessing.PATCH, patches * InputProcessing.PATCH);
    }
}
