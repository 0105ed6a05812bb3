package da3.cli;

import da3.core.InputProcessing;
import da3.evaluation.Predictor;
import da3.evaluation.Suite;
import da3.evaluation.mode.Mode;
import da3.evaluation.mode.Modes;
import da3.evaluation.report.HtmlReport;
import da3.evaluation.report.MetricTable;
import da3.evaluation.report.PublishedResults;
import da3.evaluation.report.ResultsCsv;
import da3.evaluation.run.ComparedResult;
import da3.evaluation.run.EarlierResults;
import da3.evaluation.run.Evaluation;
import da3.evaluation.run.EvaluationResult;
import da3.evaluation.run.ResultsJson;
import da3.evaluation.suite.SyntheticSuite;
import da3.io.ExportDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores a model. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = {
            "Scores the depth, cameras, surfaces and rendered views of a model, or of another system, on scenes whose "
                    + "truth is known, next to the same network untrained and a constant prediction.",
            "The model 'oracle' is the truth itself. An interrupted evaluation continues when it is run again."
        })
final class EvaluateCommand implements Callable<Integer> {

    private static final int MOST_PIXELS_A_SIDE = 2016;

    /** The suites of scenes. */
    enum SuiteName {
        SYNTHETIC
    }

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--suite",
            paramLabel = "NAME",
            defaultValue = "SYNTHETIC",
            description = "Scenes: synthetic, made from seeds that training does not use.")
    private SuiteName suite;

    @Mixin
    private EvaluationPredictors systems = new EvaluationPredictors();

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--modes",
            paramLabel = "LIST",
            defaultValue = "",
            description = "Comma list of depth, pose, depth_posed, mono, metric, recon_unposed, recon_posed, "
                    + "view_synthesis; default all.")
    private String modes;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--scenes",
            paramLabel = "N",
            defaultValue = "64",
            description = "Scenes; default ${DEFAULT-VALUE}.")
    private int scenes;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--views",
            paramLabel = "N[-M]",
            defaultValue = "1-4",
            description = "Views of a scene, or the least and the most of them, which take turns; default "
                    + "${DEFAULT-VALUE}.")
    private String views;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--size",
            paramLabel = "HxW",
            split = ",",
            defaultValue = "112x168,168x224",
            description = "Height and width of photos, multiples of 14; several, with commas, take turns; default "
                    + "${DEFAULT-VALUE}.")
    private List<String> sizes;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(
            names = "--pictures",
            paramLabel = "N",
            defaultValue = "8",
            description = "Scenes of which the report has pictures; default ${DEFAULT-VALUE}.")
    private int pictures;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(
            names = "--export-dir",
            paramLabel = "DIR",
            defaultValue = "evaluation",
            description = "Where results go; default ${DEFAULT-VALUE}.")
    private Path exportDirectory;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(names = "--overwrite", description = "Begin anew where results are already.")
    private boolean overwrite;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(
            names = "--compare",
            paramLabel = "DIR",
            arity = "1..*",
            description =
                    "Show the results of earlier evaluations of the same scenes, in these folders, next to these.")
    private List<Path> compared = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        systems.require(spec);
        List<Mode> asked = modes.isEmpty()
                ? Modes.all()
                : Arrays.stream(modes.split(",", -1)).map(Modes::of).toList();
        SyntheticSuite scenesOfSuite = syntheticSuite();
        ExportDirectory directory = ExportDirectory.open(exportDirectory);
        if (overwrite) {
            Evaluation.discard(directory);
        }
        List<ComparedResult> others = compared(scenesOfSuite);
        List<Predictor> predictors =
                systems.open(scenesOfSuite, spec.commandLine().getErr());
        EvaluationResult result;
        try (TerminalProgress progress = new TerminalProgress(spec.commandLine().getErr())) {
            result = new Evaluation(scenesOfSuite, predictors, asked, pictures).run(directory, progress);
        } finally {
            predictors.forEach(Predictor::close);
        }
        Path json = ResultsJson.write(result, directory);
        ResultsCsv.write(result, others, directory);
        Path page = HtmlReport.write(result, others, directory);
        MetricTable.lines(result, others).forEach(out::println);
        result.failures()
                .forEach(failed -> out.println("failed: " + failed.scene() + ", " + failed.predictor() + ": "
                        + failed.error().orElseThrow()));
        out.println(json + " and " + page);
        out.flush();
        return result.failures().isEmpty() ? 0 : 1;
    }

    private List<ComparedResult> compared(Suite scenesOfSuite) throws IOException {
        List<ComparedResult> results = new ArrayList<>();
        for (Path earlier : compared) {
            results.add(EarlierResults.read(earlier, scenesOfSuite.description()));
        }
        results.addAll(PublishedResults.of(scenesOfSuite.description()));
        return results;
    }

    private SyntheticSuite syntheticSuite() {
        if (!views.matches("\\d{1,3}(-\\d{1,3})?")) {
            throw new IllegalArgumentException("views must be a number or two with a dash, got " + views);
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
        throw new IllegalArgumentException("size must be HEIGHTxWIDTH in multiples of " + InputProcessing.PATCH
                + " up to " + MOST_PIXELS_A_SIDE + ", got " + text);
    }

    private static boolean isSide(int pixels) {
        return pixels > 0 && pixels <= MOST_PIXELS_A_SIDE && pixels % InputProcessing.PATCH == 0;
    }
}
