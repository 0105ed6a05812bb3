package da3.cli;

import da3.core.DepthAnything3;
import da3.core.InputProcessing;
import da3.core.ModelSource;
import da3.evaluation.Predictor;
import da3.evaluation.mode.Mode;
import da3.evaluation.mode.Modes;
import da3.evaluation.predictor.ConstantPredictor;
import da3.evaluation.predictor.NetworkPredictor;
import da3.evaluation.report.HtmlReport;
import da3.evaluation.report.MetricTable;
import da3.evaluation.run.Evaluation;
import da3.evaluation.run.EvaluationResult;
import da3.evaluation.run.ResultsJson;
import da3.evaluation.suite.SyntheticSuite;
import da3.geometry.check.Check;
import da3.io.ExportDirectory;
import da3.weights.SeededWeights;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Evaluation of a model on scenes with known depth and cameras. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = {
            "Scores a model's depth and cameras on scenes with known truth. For comparison, also scores the same network "
                    + "with untrained weights and a constant prediction.",
            "Running the command again continues an interrupted evaluation."
        })
final class EvaluateCommand implements Callable<Integer> {

    private static final int MAX_SIDE = 2016;

    /** The available suites. */
    enum SuiteName {
        SYNTHETIC
    }

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--suite",
            paramLabel = "NAME",
            defaultValue = "SYNTHETIC",
            description =
                    "Suite of scenes: synthetic, generated from seeds that training does not use. Default: synthetic.")
    private SuiteName suite;

    @Mixin
    private ModelMixin model = new ModelMixin(null);

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--modes",
            paramLabel = "LIST",
            defaultValue = "",
            description = "Comma-separated modes: depth, pose, depth_posed, mono. Default: all.")
    private String modes;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--scenes",
            paramLabel = "N",
            defaultValue = "64",
            description = "Number of scenes. Default: ${DEFAULT-VALUE}.")
    private int scenes;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--views",
            paramLabel = "N[-M]",
            defaultValue = "1-4",
            description = "Number of views of each scene, or a range of numbers that are used in turn. "
                    + "Default: ${DEFAULT-VALUE}.")
    private String views;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--size",
            paramLabel = "HxW",
            split = ",",
            defaultValue = "112x168,168x224",
            description =
                    "Height and width of the images, multiples of 14; several, separated by commas, are used in turn. "
                            + "Default: ${DEFAULT-VALUE}.")
    private List<String> sizes;

    @HelpGroup.In(HelpGroup.PREDICTION)
    @Option(
            names = "--process-res",
            paramLabel = "PIXELS",
            description = "Longer side of the processed images. Default: that of the rendered images.")
    private Integer resolution;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(
            names = "--pictures",
            paramLabel = "N",
            defaultValue = "8",
            description = "Number of scenes with images in the report. Default: ${DEFAULT-VALUE}.")
    private int pictures;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(
            names = "--export-dir",
            paramLabel = "DIR",
            defaultValue = "evaluation",
            description = "Export directory. Default: ${DEFAULT-VALUE}.")
    private Path exportDirectory;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(names = "--overwrite", description = "Discard earlier results and start over.")
    private boolean overwrite;

    @Mixin
    private EngineMixin engine;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (model.name() == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--model=MODEL'");
        }
        List<Mode> selectedModes = modes.isEmpty()
                ? Modes.all()
                : Arrays.stream(modes.split(",", -1)).map(Modes::of).toList();
        SyntheticSuite syntheticSuite = syntheticSuite();
        ExportDirectory directory = ExportDirectory.open(exportDirectory);
        if (overwrite) {
            Evaluation.discard(directory);
        }
        List<Predictor> predictors = predictors();
        EvaluationResult result;
        try (TerminalProgress progress = new TerminalProgress(spec.commandLine().getErr())) {
            result = new Evaluation(syntheticSuite, predictors, selectedModes, pictures).run(directory, progress);
        } finally {
            predictors.forEach(Predictor::close);
        }
        Path json = ResultsJson.write(result, directory);
        Path page = HtmlReport.write(result, directory);
        MetricTable.lines(result).forEach(out::println);
        result.failures()
                .forEach(failed -> out.println("failed: " + failed.scene() + ", " + failed.predictor() + ": "
                        + failed.error().orElseThrow()));
        out.println(json + " and " + page);
        out.flush();
        return result.failures().isEmpty() ? 0 : 1;
    }

    /** Returns the model, the same network with untrained weights unless the model is untrained, and a constant prediction. */
    private List<Predictor> predictors() throws IOException {
        List<Predictor> predictors = new ArrayList<>();
        boolean complete = false;
        try {
            ModelSource source = model.open(spec.commandLine().getErr());
            boolean untrained = source.weights() instanceof SeededWeights;
            String weights = source.weights().description()
                    + source.weights().hash().map(hash -> ", " + hash).orElse("");
            predictors.add(predictor(model.name(), weights, source));
            if (!untrained) {
                ModelSource seeded =
                        new ModelSource(new SeededWeights(), source.config(), source.preset(), Optional.empty());
                predictors.add(predictor("untrained", seeded.weights().description(), seeded));
            }
            predictors.add(new ConstantPredictor());
            complete = true;
            return predictors;
        } finally {
            if (!complete) {
                predictors.forEach(Predictor::close);
            }
        }
    }

    private Predictor predictor(String name, String weights, ModelSource source) {
        OptionalInt side = resolution == null ? OptionalInt.empty() : OptionalInt.of(resolution);
        return new NetworkPredictor(name, weights, DepthAnything3.load(source, engine.options()), side);
    }

    private SyntheticSuite syntheticSuite() {
        if (!views.matches("\\d{1,3}(-\\d{1,3})?")) {
            throw Check.invalid("views", "N or N-M", views);
        }
        String[] bounds = views.split("-");
        return new SyntheticSuite(
                scenes,
                Integer.parseInt(bounds[0]),
                Integer.parseInt(bounds[bounds.length - 1]),
                sizes.stream().map(EvaluateCommand::size).toList());
    }

    private static SyntheticSuite.Size size(String text) {
        if (text.matches("\\d{1,4}x\\d{1,4}")) {
            String[] parts = text.split("x");
            int rows = Integer.parseInt(parts[0]);
            int columns = Integer.parseInt(parts[1]);
            if (isSide(rows) && isSide(columns)) {
                return new SyntheticSuite.Size(rows, columns);
            }
        }
        throw Check.invalid(
                "size", "HEIGHTxWIDTH in multiples of " + InputProcessing.PATCH + " up to " + MAX_SIDE, text);
    }

    private static boolean isSide(int pixels) {
        return pixels > 0 && pixels <= MAX_SIDE && pixels % InputProcessing.PATCH == 0;
    }
}
