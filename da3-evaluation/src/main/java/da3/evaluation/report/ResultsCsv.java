package da3.evaluation.report;

import da3.evaluation.mode.Metric;
import da3.evaluation.mode.Mode;
import da3.evaluation.run.ComparedResult;
import da3.evaluation.run.EvaluationResult;
import da3.io.ExportDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Writes metrics as comma-separated values, a line for each predictor, metric and group of scenes. Lines about all scenes
 * have no group.
 */
public final class ResultsCsv {

    /** Name of the file. */
    public static final String FILE = "results.csv";

    private static final String HEADER = "predictor,mode,metric,kind,group,value\n";

    private ResultsCsv() {}

    /**
     * Writes the file and returns its path.
     *
     * @param others results that follow those of the evaluation
     */
    public static Path write(EvaluationResult result, List<ComparedResult> others, ExportDirectory directory)
            throws IOException {
        StringBuilder lines = new StringBuilder(HEADER);
        for (Mode mode : result.modes()) {
            for (Metric metric : mode.metrics()) {
                result.predictors().keySet().forEach(name -> {
                    line(lines, name, mode, metric, "", "", result.value(metric, name));
                    result.groups()
                            .forEach((kind, groups) -> groups.forEach(group -> line(
                                    lines, name, mode, metric, kind, group, result.value(metric, name, kind, group))));
                });
                others.forEach(other -> line(lines, other.name(), mode, metric, "", "", other.value(mode, metric)));
            }
        }
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        return directory.write(FILE, out -> out.write(bytes));
    }

    private static void line(
            StringBuilder lines,
            String predictor,
            Mode mode,
            Metric metric,
            String kind,
            String group,
            OptionalDouble value) {
        value.ifPresent(number -> lines.append(field(predictor))
                .append(',')
                .append(mode.id())
                .append(',')
                .append(metric.id())
                .append(',')
                .append(field(kind))
                .append(',')
                .append(field(group))
                .append(',')
                .append(number)
                .append('\n'));
    }

    /** Returns a field, quoted if it needs to be (RFC 4180). */
    private static String field(String text) {
        return text.matches("[^\",\\r\\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
