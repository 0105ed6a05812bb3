package da3.cli;

import da3.core.DepthAnything3;
import da3.core.InferenceOptions;
import da3.io.ExportDirectory;
import da3.streaming.MapFormat;
import da3.streaming.PointOptions;
import da3.streaming.StreamingMap;
import da3.streaming.StreamingOptions;
import da3.streaming.StreamingPart;
import da3.streaming.WindowPredictor;
import da3.streaming.frame.FrameSource;
import da3.streaming.salad.Salad;
import da3.streaming.store.Part;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Depth and cameras of a long sequence. */
@Command(
        name = "stream",
        mixinStandardHelpOptions = true,
        description =
                "Predicts depth and cameras of a long video, a live camera or a folder of images, window by window, "
                        + "in bounded memory. The same command continues a run that was stopped.")
final class StreamCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "INPUT",
            description = "Video, or folder of images in the order of names. Live: a camera such as /dev/video0 or "
                    + "camera:DEVICE, a named pipe, pipe: for the standard input, or a URL such as rtsp://HOST/PATH. "
                    + "With --rig, a folder with a folder of images for each camera, where images of an instant have the "
                    + "same name.")
    private String input;

    @Mixin
    private StreamInputMixin frameOptions;

    @Mixin
    private RigMixin rigOptions;

    @Mixin
    private StreamWindowMixin windows;

    @Mixin
    private ResolutionMixin resolution;

    @Mixin
    private StreamExportMixin exports;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(
            names = "--export-dir",
            paramLabel = "DIR",
            required = true,
            description = "Directory of the run: what it keeps and what it exports.")
    private Path exportDirectory;

    @HelpGroup.In(HelpGroup.PREDICTION)
    @Option(
            names = "--part",
            paramLabel = "I/N",
            description =
                    "Predict only part I of N of the windows, into a file of its own in --export-dir, while other "
                            + "processes or machines predict the others with the same options. Then use --merge.")
    private String part;

    @HelpGroup.In(HelpGroup.PREDICTION)
    @Option(
            names = "--merge",
            description = "Make the map from the files of all parts in --export-dir. The result is that of one run.")
    private boolean merge;

    @Option(names = "--quiet", description = "Print only errors to standard error.")
    private boolean quiet;

    @Mixin
    private ModelMixin model = new ModelMixin(ModelMixin.DEFAULT);

    @Mixin
    private EngineMixin engine;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = quiet
                ? new PrintWriter(PrintWriter.nullWriter())
                : spec.commandLine().getErr();
        if (part != null) {
            OptionConflicts.reject(
                    spec, List.of("--merge", "--export-format", "--max-points", "--voxel-size"), "--part");
            OptionConflicts.reject(spec, MeasurementMixin.OPTIONS, "--part");
            Part.parse(part);
        }
        if (!rigOptions.isGiven()) {
            OptionConflicts.reject(spec, RigMixin.OTHERS, "an input without --rig");
        }
        Optional<RigSequence> rig =
                rigOptions.isGiven() ? Optional.of(rigOptions.read(Path.of(input), err)) : Optional.empty();
        StreamingOptions options = windows.options(rig.map(RigSequence::rig), spec)
                .withMeasurements(frameOptions.measurements().read());
        Set<MapFormat> exported = exports.formats();
        PointOptions points = exports.points();
        FrameSource source = rig.isPresent() ? frameOptions.source(rig.get(), spec) : frameOptions.source(input, spec);
        ExportDirectory.open(exportDirectory);
        InferenceOptions inference =
                InferenceOptions.builder().resolution(resolution.resolution()).build();
        try (Salad salad = windows.salad().open(engine.options());
                DepthAnything3 depthAnything = model.load(engine.options(), err)) {
            WindowPredictor predictor =
                    SaladMixin.described(WindowPredictor.of(depthAnything, model.name(), inference), salad);
            if (part != null) {
                predict(Part.parse(part), predictor, options, source, err);
            } else {
                makeMap(predictor, options, source, List.copyOf(exported), points, err);
            }
        }
        return 0;
    }

    /** Predicts the windows of a part. */
    private void predict(
            Part share, WindowPredictor predictor, StreamingOptions options, FrameSource source, PrintWriter err)
            throws IOException {
        try (StreamingPart run = StreamingPart.open(exportDirectory, share, predictor, options)) {
            run.run(source, new StreamingMessages(0, err));
            spec.commandLine().getOut().println(run.file());
            spec.commandLine().getOut().flush();
        }
    }

    /** Computes or merges the map, and exports it. */
    private void makeMap(
            WindowPredictor predictor,
            StreamingOptions options,
            FrameSource source,
            List<MapFormat> exported,
            PointOptions points,
            PrintWriter err)
            throws IOException {
        try (StreamingMap map = StreamingMap.open(exportDirectory, predictor, options)) {
            if (map.size() > 0) {
                err.println("da3: continuing after " + Plural.of(map.size(), "frame"));
                err.flush();
            }
            IOException failure = run(map, options, source, err);
            frameOptions.printEnding(err);
            if (map.size() == 0 && failure == null) {
                failure = new IOException(input + " has no frames");
            }
            if (map.size() > 0) {
                failure = write(map, exported, points, failure);
            }
            if (failure != null) {
                throw failure;
            }
        }
    }

    /** Computes the map and returns the failure that ended it early, or null. */
    private IOException run(StreamingMap map, StreamingOptions options, FrameSource source, PrintWriter err) {
        StreamingMessages messages = new StreamingMessages(map.size(), err);
        try {
            if (merge) {
                map.merge(source, messages);
            } else {
                map.run(source, messages);
            }
            if (map.size() > 0) {
                frameOptions.measurements().requirePlaced(map.measurements());
                messages.measurementsUsed(map, options.measurements());
            }
        } catch (IOException e) {
            return e;
        }
        if (!map.loops().isEmpty()) {
            err.printf(
                    Locale.ROOT,
                    "da3: %d of %d loops correct the map%n",
                    map.acceptedLoops().size(),
                    map.loops().size());
            err.flush();
        }
        return null;
    }

    /**
     * Writes what was computed, also after a failure.
     *
     * @param failure failure of the run, or null
     * @return the first failure, or null
     */
    private IOException write(StreamingMap map, List<MapFormat> exported, PointOptions points, IOException failure) {
        PrintWriter out = spec.commandLine().getOut();
        try {
            for (MapFormat format : exported) {
                format.write(map, exportDirectory, points).forEach(out::println);
            }
            out.println(map.file());
        } catch (IOException e) {
            return failure == null ? e : failure;
        } finally {
            out.flush();
        }
        return failure;
    }
}
