package da3.evaluation.report;

import da3.evaluation.mode.Metric;
import da3.evaluation.mode.Mode;
import da3.evaluation.run.ComparedResult;
import da3.evaluation.run.EvaluationResult;
import da3.evaluation.run.SceneRecord;
import da3.io.ExportDirectory;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Writes an evaluation as a self-contained HTML page with all plots and pictures. */
public final class HtmlReport {

    /** Name of the file. */
    public static final String FILE = "report.html";

    private static final String STYLE = "report.css";

    private final EvaluationResult result;
    private final List<ComparedResult> others;
    private final List<String> names;

    private HtmlReport(EvaluationResult result, List<ComparedResult> others) {
        this.result = result;
        this.others = List.copyOf(others);
        this.names = List.copyOf(result.predictors().keySet());
    }

    /** Writes the page and returns its path. */
    public static Path write(EvaluationResult result, ExportDirectory directory) throws IOException {
        return write(result, List.of(), directory);
    }

    /**
     * Writes the page and returns its path.
     *
     * @param others results whose metrics are shown next to those of the evaluation
     */
    public static Path write(EvaluationResult result, List<ComparedResult> others, ExportDirectory directory)
            throws IOException {
        byte[] page = new HtmlReport(result, others).page().getBytes(StandardCharsets.UTF_8);
        return directory.write(FILE, out -> out.write(page));
    }

    private String page() throws IOException {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Evaluation of %s</title>
                <style>
                %s</style>
                </head>
                <body>
                <h1>Evaluation of %s</h1>
                %s</body>
                </html>
                """
                .formatted(
                        Html.escaped(names.get(0)),
                        style(),
                        Html.escaped(names.get(0)),
                        about()
                                + metrics()
                                + new PlotSection(result).html()
                                + groups()
                                + new PictureSection(result).html()
                                + failures());
    }

    private static String style() throws IOException {
        try (InputStream in = HtmlReport.class.getResourceAsStream(STYLE)) {
            if (in == null) {
                throw new FileNotFoundException("the library lacks its resource " + STYLE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String about() {
        StringBuilder about = new StringBuilder("<p>Suite: " + Html.escaped(result.suite()) + ".</p>\n<table>\n");
        result.predictors()
                .forEach((name, description) -> about.append(Html.row(name, List.of(Html.escaped(description)))));
        others.forEach(other -> about.append(Html.row(other.name(), List.of(Html.escaped(other.description())))));
        return about + "</table>\n";
    }

    private String metrics() {
        StringBuilder tables = new StringBuilder("<h2>Metrics</h2>\n");
        for (Mode mode : result.modes()) {
            StringBuilder rows = new StringBuilder();
            for (Metric metric : mode.metrics()) {
                List<OptionalDouble> values = MetricTable.values(result, others, mode, metric);
                if (values.stream().anyMatch(OptionalDouble::isPresent)) {
                    rows.append(Html.row(metric.title() + arrow(metric), cells(values, metric)));
                }
            }
            if (!rows.isEmpty()) {
                List<String> headings = new ArrayList<>(List.of(mode.title()));
                headings.addAll(MetricTable.names(result, others));
                tables.append("<div class=\"wide\"><table class=\"metrics\">\n" + Html.head(headings) + rows
                        + "</table></div>\n");
                mode.note().ifPresent(note -> tables.append("<p>" + Html.escaped(note) + ".</p>\n"));
            }
        }
        return tables.toString();
    }

    private static String arrow(Metric metric) {
        return switch (metric.better()) {
            case LOWER -> " \u2193";
            case HIGHER -> " \u2191";
            case NEITHER -> "";
        };
    }

    /** Formats values, the best one in bold. */
    private static List<String> cells(List<OptionalDouble> values, Metric metric) {
        double sign = metric.better() == Metric.Better.HIGHER ? -1 : 1;
        double best = values.stream()
                .flatMapToDouble(OptionalDouble::stream)
                .map(value -> sign * value)
                .min()
                .orElseThrow();
        return values.stream()
                .map(value -> metric.better() != Metric.Better.NEITHER
                                && value.isPresent()
                                && sign * value.getAsDouble() == best
                        ? "<b>" + MetricTable.number(value) + "</b>"
                        : MetricTable.number(value))
                .toList();
    }

    /** Returns tables of the metrics of the first predictor for each group of scenes. */
    private String groups() {
        StringBuilder tables = new StringBuilder();
        for (Mode mode : result.modes()) {
            List<Metric> metrics = mode.metrics().stream()
                    .filter(metric -> result.value(metric, names.get(0)).isPresent())
                    .toList();
            if (!metrics.isEmpty()) {
                tables.append(groups(mode, metrics));
            }
        }
        return tables.isEmpty() ? "" : "<h2>" + Html.escaped(names.get(0)) + " by group</h2>\n" + tables;
    }

    private String groups(Mode mode, List<Metric> metrics) {
        List<String> headings = new ArrayList<>(List.of(mode.title()));
        StringBuilder rows = new StringBuilder();
        result.groups().forEach((kind, groups) -> groups.forEach(group -> headings.add(kind + " " + group)));
        for (Metric metric : metrics) {
            List<String> cells = new ArrayList<>();
            result.groups()
                    .forEach((kind, groups) -> groups.forEach(
                            group -> cells.add(MetricTable.number(result.value(metric, names.get(0), kind, group)))));
            rows.append(Html.row(metric.title(), cells));
        }
        return "<div class=\"wide\"><table class=\"metrics\">\n" + Html.head(headings) + rows + "</table></div>\n";
    }

    private String failures() {
        List<SceneRecord> failures = result.failures();
        return failures.isEmpty()
                ? ""
                : failures.stream()
                        .map(record -> Html.row(
                                record.scene() + ", " + record.predictor(),
                                List.of(Html.escaped(record.error().orElseThrow()))))
                        .collect(Collectors.joining("", "<h2>Scenes that failed</h2>\n<table>\n", "</table>\n"));
    }
}
