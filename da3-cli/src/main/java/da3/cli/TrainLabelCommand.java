package da3.cli;

import da3.core.DepthAnything3;
import da3.core.ModelReference;
import da3.core.ModelSource;
import da3.geometry.check.Check;
import da3.train.data.ArchiveScenes;
import da3.train.data.FileScenes;
import da3.train.data.SceneSource;
import da3.train.data.SceneSources;
import da3.train.label.LabeledScenes;
import da3.train.label.Labeling;
import da3.train.label.TeacherLabels;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Labels of a teacher for training. */
@Command(
        name = "label",
        mixinStandardHelpOptions = true,
        description = {
            "Labels scenes with the depth of a teacher, a monocular model, and writes them as archives for training.",
            "The depth of each view is aligned with its measured depth, which may be sparse and noisy.",
            "Running the command again continues an interrupted labeling."
        })
final class TrainLabelCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "DIR",
            arity = "1..*",
            description = "Directories of archives (*.npz), of shards (*.shard), or, with --relative, of images.")
    private List<Path> directories;

    @Option(
            names = "--teacher",
            required = true,
            paramLabel = "MODEL",
            description = "Monocular model: cached hub id, folder or file.")
    private String teacher;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Directory for the labeled scenes.")
    private Path target;

    @Option(
            names = "--relative",
            description = "Do not align depth, for scenes without measured depth. The mean depth of every view is 1.")
    private boolean relative;

    @Option(
            names = "--scenes",
            paramLabel = "N",
            defaultValue = "0",
            description = "Number of scenes to label, the first ones; 0 for all. Default: ${DEFAULT-VALUE}.")
    private int scenes;

    @Option(
            names = "--depth-scale",
            paramLabel = "X",
            defaultValue = "1",
            description = "Factor from the depth in archives to the unit of the cameras. Default: ${DEFAULT-VALUE}.")
    private double depthScale;

    @Option(
            names = "--max-depth",
            paramLabel = "X",
            defaultValue = "0",
            description = "Depths of archives beyond it are unknown; 0 for no limit. Default: ${DEFAULT-VALUE}.")
    private double maxDepth;

    @Option(
            names = "--max-side",
            paramLabel = "PIXELS",
            defaultValue = "504",
            description =
                    "Images with a longer side are reduced to it; 0 keeps their size. It does not affect archives and "
                            + "shards. Default: ${DEFAULT-VALUE}.")
    private int maxSide;

    @Mixin
    private EngineMixin engine;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Check.atLeast("--scenes", 0, scenes);
        Check.atLeast("--max-side", 0, maxSide);
        Check.positive("--depth-scale", depthScale);
        Check.atLeast("--max-depth", 0.0, maxDepth);
        directories = directories.stream() // absolute, since names of scenes must be the same in each call
                .map(directory -> directory.toAbsolutePath().normalize())
                .toList();
        try (SceneSource source =
                SceneSources.openForLabels(directories, new ArchiveScenes.DepthLimits(depthScale, maxDepth), maxSide)) {
            if (!relative && !source.hasDepth()) {
                throw Check.invalid(
                        "--relative", "true for images, which have no measured depth to align labels with", false);
            }
            print(label(source));
        }
        return 0;
    }

    private LabeledScenes label(SceneSource source) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        try (ModelSource weights = ModelSource.open(ModelReference.parse(teacher), ModelSource.hub());
                DepthAnything3 model = load(weights, err);
                TerminalProgress progress = new TerminalProgress(err)) {
            Labeling labeling =
                    new Labeling(new TeacherLabels(model, !relative), source, settings(source, weights, model));
            int count = labeling.count(scenes);
            return labeling.write(scenes, target, done -> progress.step("scenes", done, count), message -> {
                progress.close();
                err.println("da3: " + message);
            });
        }
    }

    private void print(LabeledScenes labeled) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(Plural.of(labeled.views(), "view") + " of " + Plural.of(labeled.scenes(), "scene") + " in " + target
                + "; " + Plural.of(labeled.left(), "view") + " without a label"
                + (labeled.skipped() == 0
                        ? ""
                        : "; " + Plural.of(labeled.skipped(), "scene")
                                + " skipped, to be tried again by the next call"));
        out.flush();
    }

    /** Returns what must be the same when an interrupted labeling goes on: the options that affect these scenes. */
    private Map<String, String> settings(SceneSource source, ModelSource weights, DepthAnything3 model) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(
                "teacher",
                weights.weights().hash().map(hash -> "SHA-256 " + hash).orElse(teacher));
        settings.put("engine", model.engine().name() + " " + model.engine().precision());
        settings.put("scenes", directories.stream().map(Path::toString).collect(Collectors.joining(", ")));
        if (source instanceof ArchiveScenes && !relative) {
            settings.put("depth scale", String.valueOf(depthScale));
            settings.put("maximum depth", String.valueOf(maxDepth));
        }
        if (source instanceof FileScenes) {
            settings.put("maximum side", String.valueOf(maxSide));
        }
        return settings;
    }

    private DepthAnything3 load(ModelSource source, PrintWriter err) {
        source.notices().forEach(notice -> err.println("da3: " + notice));
        err.flush();
        return DepthAnything3.load(source, engine.options());
    }
}
