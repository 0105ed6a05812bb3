package da3.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.train.run.ModelEvaluation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Evaluation of a trained model on the validation scenes of a configuration. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = {
            "Measures a model on the validation scenes of a configuration and prints a table of metrics.",
            "The metrics are those of the validations of a run."
        })
final class TrainEvaluateCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description = "Directory of a run, whose best checkpoint is used, or a model: cached hub id, folder, file, "
                    + "or da3-tiny.")
    private String model;

    @Parameters(
            index = "1..*",
            paramLabel = "KEY=VALUE",
            arity = "0..*",
            description = "Overrides of the configuration, for instance validation.scenes=16.")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration file in YAML, of which validation, data and engine are used. "
                    + "Default: that of the run.")
    private Path file;

    @Option(names = "--json", description = "Print a JSON object instead of the table.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ModelEvaluation evaluation = ModelEvaluation.of(model, Optional.ofNullable(file), overrides);
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? json(evaluation) + System.lineSeparator() : table(evaluation));
        out.flush();
        return 0;
    }

    private static String table(ModelEvaluation evaluation) {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%s on %s of %s of %dx%d%n",
                evaluation.model(),
                Plural.of(evaluation.scenes(), "scene"),
                Plural.of(evaluation.views(), "view"),
                evaluation.rows(),
                evaluation.columns()));
        int width = evaluation.metrics().keySet().stream()
                .mapToInt(String::length)
                .max()
                .orElse(0);
        evaluation
                .metrics()
                .forEach((name, value) ->
                        table.append(String.format(Locale.ROOT, "%-" + width + "s  %10s%n", name, number(value))));
        return table.toString();
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }

    private static String json(ModelEvaluation evaluation) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("model", evaluation.model());
        root.put("scenes", evaluation.scenes());
        root.put("views", evaluation.views());
        root.put("rows", evaluation.rows());
        root.put("columns", evaluation.columns());
        ObjectNode metrics = root.putObject("metrics");
        evaluation.metrics().forEach((name, value) -> metrics.put(name, value.isNaN() ? null : value));
        return root.toString();
    }
}
