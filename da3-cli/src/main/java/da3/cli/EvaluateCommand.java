package da3.cli;

import da3.evaluation.ImageDistance;
import da3.evaluation.Predictor;
import da3.evaluation.Suite;
import da3.evaluation.lpips.Lpips;
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
import da3.io.ExportDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Evaluation of a model on scenes with known depth and cameras. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        modelTransformer = RequiredModel.class,
        description = {
            "Scores the depth, cameras, surfaces and rendered views of a model, or of another system, on scenes with known "
                    + "truth. For comparison, also scores the same network with untrained weights and a constant "
                    + "prediction.",
            "The model 'oracle' predicts the truth. Running the command again continues an interrupted evaluation."
        })
final class EvaluateCommand implements Callable<Integer> {

    /** The mode that LPIPS belongs to. */
    private static final String VIEW_SYNTHESIS = "view_synthesis";

    @Mixin
    private EvaluationSuites suites = new EvaluationSuites();

    @Mixin
    private EvaluationPredictors systems = new EvaluationPredictors();

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--modes",
            paramLabel = "LIST",
            defaultValue = "",
            description = "Comma-separated modes: depth, pose, depth_posed, mono, metric, recon_unposed, recon_posed, "
                    + "view_synthesis. Default: all.")
    private String modes;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--lpips",
            paramLabel = "FILE",
            description =
                    "Safetensors file with the weights of LPIPS (class LPIPS of the Python package lpips), by which "
                            + "rendered views are scored too.")
    private Path lpips;

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

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(
            names = "--compare",
            paramLabel = "DIR",
            arity = "1..*",
            description = "Folders of earlier evaluations of the same scenes, whose results the report also shows.")
    private List<Path> compared = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        systems.require(spec);
        if (lpips == null) {
            return evaluate(Optional.empty());
        }
        if (!modes.isEmpty() && !List.of(modes.split(",")).contains(VIEW_SYNTHESIS)) {
            OptionConflicts.reject(spec, List.of("--lpips"), "--modes " + modes);
        }
        try (Lpips distance = Lpips.open(lpips, systems.engineOptions())) {
            return evaluate(Optional.of(distance));
        }
    }

    private int evaluate(Optional<ImageDistance> distance) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<Mode> selectedModes = modes(distance);
        Suite selectedSuite = suites.suite();
        ExportDirectory directory = ExportDirectory.open(exportDirectory);
        if (overwrite) {
            Evaluation.discard(directory);
        }
        List<ComparedResult> others = compared(selectedSuite);
        List<Predictor> predictors =
                systems.open(selectedSuite, spec.commandLine().getErr());
        EvaluationResult result;
        try (TerminalProgress progress = new TerminalProgress(spec.commandLine().getErr())) {
            result = new Evaluation(selectedSuite, predictors, selectedModes, pictures).run(directory, progress);
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

    private List<Mode> modes(Optional<ImageDistance> distance) {
        if (modes.isEmpty()) {
            return Modes.all(distance);
        }
        return Arrays.stream(modes.split(",", -1))
                .map(id -> Modes.of(id, distance))
                .toList();
    }

    private List<ComparedResult> compared(Suite selectedSuite) throws IOException {
        List<ComparedResult> results = new ArrayList<>();
        for (Path earlier : compared) {
            results.add(EarlierResults.read(earlier, selectedSuite.description()));
        }
        results.addAll(PublishedResults.of(selectedSuite.description()));
        return results;
    }
}
