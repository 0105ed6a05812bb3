package da3.evaluation.report;

import da3.evaluation.mode.Metric;
import da3.evaluation.mode.Mode;
import da3.evaluation.run.ComparedResult;
import da3.evaluation.run.EvaluationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The metrics of an evaluation as a text table with a row for each metric and a column for each predictor. */
public final class MetricTable {

    private static final int GAP = 2;

    private MetricTable() {}

    /** Returns the lines; metrics that no predictor has are omitted. */
    public static List<String> lines(EvaluationResult result) {
        return lines(result, List.of());
    }

    /**
     * Returns the lines, with the remarks of modes at the end; metrics that no column has are omitted.
     *
     * @param others results whose columns follow those of the evaluation
     */
    public static List<String> lines(EvaluationResult result, List<ComparedResult> others) {
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of(""));
        header.addAll(names(result, others));
        rows.add(header);
        for (Mode mode : result.modes()) {
            List<List<String>> metrics = rows(result, others, mode);
            if (!metrics.isEmpty()) {
                rows.add(List.of(mode.title()));
                rows.addAll(metrics);
            }
        }
        List<String> lines = new ArrayList<>(aligned(rows));
        result.modes().stream()
                .filter(mode -> !rows(result, others, mode).isEmpty())
                .forEach(mode -> mode.note().ifPresent(note -> lines.add(mode.title() + ": " + note + ".")));
        return lines;
    }

    /** Returns the headings of the columns. */
    static List<String> names(EvaluationResult result, List<ComparedResult> others) {
        List<String> names = new ArrayList<>(result.predictors().keySet());
        others.forEach(other -> names.add(other.name()));
        return names;
    }

    /** Returns a value for each column. */
    static List<OptionalDouble> values(EvaluationResult result, List<ComparedResult> others, Mode mode, Metric metric) {
        List<OptionalDouble> values = new ArrayList<>();
        result.predictors().keySet().forEach(name -> values.add(result.value(metric, name)));
        others.forEach(other -> values.add(other.value(mode, metric)));
        return values;
    }

    private static List<List<String>> rows(EvaluationResult result, List<ComparedResult> others, Mode mode) {
        List<List<String>> rows = new ArrayList<>();
        for (Metric metric : mode.metrics()) {
            List<OptionalDouble> values = values(result, others, mode, metric);
            if (values.stream().anyMatch(OptionalDouble::isPresent)) {
                List<String> row = new ArrayList<>(List.of("  " + metric.title()));
                values.forEach(value -> row.add(number(value)));
                rows.add(row);
            }
        }
        return rows;
    }

    /** Returns a number with at least four digits, or a dash if there is none. */
    static String number(OptionalDouble value) {
        if (value.isEmpty()) {
            return "-";
        }
        double number = value.getAsDouble();
        int decimals = Math.abs(number) < 10 ? 3 : Math.abs(number) < 100 ? 2 : 1;
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }

    private static List<String> aligned(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int c = 0; c < row.size(); c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(row.get(0));
            for (int c = 1; c < row.size(); c++) {
                int before = widths[0] - row.get(0).length();
                line.append(" ".repeat(c == 1 ? before : 0))
                        .append(" ".repeat(GAP + widths[c] - row.get(c).length()))
                        .append(row.get(c));
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
