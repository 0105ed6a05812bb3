package da3.train.report;

import da3.files.PartialOutput;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes a run as a self-contained HTML page: curves of losses, validation metrics and learning rates, the pictures of
 * the last validation, and the configuration.
 */
public final class RunPage {

    /** Name of the page in the folder of a run. */
    public static final String FILE = "report.html";

    /** Table of the steps in the folder of a run. */
    public static final String STEPS = "train.csv";

    /** Table of the validations in the folder of a run. */
    public static final String VALIDATIONS = "validation.csv";

    /** Folder of the pictures of the last validation in the folder of a run. */
    public static final String PICTURES = "pictures";

    private static final String STYLE = "report.css";
    private static final String BASE = "base_";

    /** Ends of the names of metrics of what a run is compared with. */
    private static final List<String> COMPARISONS = List.of("_constant", "_isotropic", "_merged");

    /** A metric of validations that draw renderings; others draw depth. */
    private static final String OF_RENDERINGS = "psnr";

    private static final String RENDERINGS =
            "Held-out image, rendering of the predicted Gaussians, and rendering of isotropic Gaussians.";
    private static final String DEPTHS = "Image, true depth, predicted depth in the same colors, and its error.";
    private static final String DEPTH_COLORS =
            " Depth: red is near. Error: red is none, blue is half of the depth or more. Black is unknown.";

    private final Path folder;
    private final String config;
    private final CsvTable steps;
    private final CsvTable validations;

    private RunPage(Path folder, String config) throws IOException {
        this.folder = folder;
        this.config = config;
        this.steps = CsvTable.read(folder.resolve(STEPS));
        this.validations = CsvTable.read(folder.resolve(VALIDATIONS));
    }

    /**
     * Writes the page of a run and returns its path.
     *
     * @param folder folder of the run with its tables and pictures, each of which may be absent
     * @param config configuration as YAML
     * @throws IOException if a table or picture cannot be read, or the page cannot be written
     */
    public static Path write(Path folder, String config) throws IOException {
        Path file = folder.resolve(FILE);
        try (PartialOutput partial = PartialOutput.beside(file)) {
            Files.writeString(partial.path(), new RunPage(folder, config).page());
            partial.commit();
        }
        return file;
    }

    private String page() throws IOException {
        String name =
                Html.escaped(folder.toAbsolutePath().normalize().getFileName().toString());
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Training run %1$s</title>
                <style>
                %2$s</style>
                </head>
                <body>
                <h1>Training run %1$s</h1>
                %3$s</body>
                </html>
                """
                .formatted(
                        name,
                        style(),
                        lastValidation() + metrics() + pictures() + losses() + rates() + configuration());
    }

    private static String style() throws IOException {
        try (InputStream in = RunPage.class.getResourceAsStream(STYLE)) {
            if (in == null) {
                throw new FileNotFoundException("the library lacks its resource " + STYLE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Returns a table of the last validation, next to the base and {@link #COMPARISONS} where they are known. */
    private String lastValidation() {
        int last = validations.rows().size() - 1;
        String step = steps.rows().isEmpty()
                ? "No step was taken yet."
                : "Step %.0f.".formatted(steps.rows().get(steps.rows().size() - 1)[0]);
        if (last < 0) {
            return "<p>" + step + "</p>\n";
        }
        List<String> comparisons = COMPARISONS.stream()
                .filter(end -> validations.names().stream().anyMatch(name -> name.endsWith(end)))
                .toList();
        StringBuilder heads = new StringBuilder();
        comparisons.forEach(end ->
                heads.append("<th scope=\"col\">").append(end.substring(1)).append("</th>"));
        StringBuilder rows = new StringBuilder();
        for (String metric : metricNames()) {
            rows.append("<tr><th scope=\"row\">" + Html.escaped(metric) + "</th>");
            List<String> columns = new ArrayList<>(List.of(metric, BASE + metric));
            comparisons.forEach(end -> columns.add(metric + end));
            for (String column : columns) {
                rows.append("<td>"
                        + (validations.has(column) ? Html.number(validations.values(column)[last]) : "") + "</td>");
            }
            rows.append("</tr>\n");
        }
        return "<p>%s Last validation at step %.0f:</p>\n"
                        .formatted(step, validations.steps()[last])
                + "<div class=\"wide\"><table>\n<tr><th scope=\"col\">metric</th><th scope=\"col\">run</th>"
                + "<th scope=\"col\">base</th>" + heads + "</tr>\n" + rows + "</table></div>\n";
    }

    /** Returns the metrics of the run itself. */
    private List<String> metricNames() {
        return validations.names().stream()
                .filter(name -> !name.startsWith(BASE) && COMPARISONS.stream().noneMatch(name::endsWith))
                .toList();
    }

    private String metrics() {
        StringBuilder plots = new StringBuilder();
        for (String metric : metricNames()) {
            List<String> columns = new ArrayList<>(List.of(metric));
            Stream.concat(Stream.of(BASE + metric), COMPARISONS.stream().map(end -> metric + end))
                    .filter(validations::has)
                    .forEach(columns::add);
            plots.append(plot(validations, metric, columns));
        }
        return section("Validation metrics", plots);
    }

    private String losses() {
        StringBuilder plots = new StringBuilder();
        for (String column : steps.names()) {
            if (column.startsWith("loss_")) {
                plots.append(plot(steps, column, List.of(column)));
            }
        }
        return section("Losses", plots);
    }

    private String rates() {
        List<String> rates = steps.names().stream()
                .filter(name -> name.startsWith("learning_rate_"))
                .limit(Html.COLORS.size())
                .toList();
        StringBuilder plots = new StringBuilder(rates.isEmpty() ? "" : plot(steps, "learning rates", rates));
        for (String column : List.of("gradient_norm", "scenes_per_second")) {
            plots.append(steps.has(column) ? plot(steps, column, List.of(column)) : "");
        }
        return section("Learning rates, gradients and speed", plots);
    }

    private static String section(String title, StringBuilder plots) {
        return plots.isEmpty() ? "" : "<h2>" + title + "</h2>\n<div class=\"plots\">\n" + plots + "</div>\n";
    }

    /** Returns a plot of columns of a table; lines after the first are dashed. */
    private static String plot(CsvTable table, String title, List<String> columns) {
        LinePlot plot = new LinePlot(title);
        for (int i = 0; i < columns.size(); i++) {
            plot.add(table.steps(), table.values(columns.get(i)), Html.COLORS.get(i), i > 0);
        }
        String svg = plot.svg();
        return svg.isEmpty()
                ? ""
                : "<figure><figcaption>" + Html.escaped(title) + "</figcaption>\n"
                        + (columns.size() > 1 ? Html.legend(columns) : "") + svg + "</figure>\n";
    }

    private String pictures() throws IOException {
        Path pictures = folder.resolve(PICTURES);
        if (!Files.isDirectory(pictures)) {
            return "";
        }
        boolean renderings = validations.has(OF_RENDERINGS);
        StringBuilder html = new StringBuilder();
        try (Stream<Path> files = Files.list(pictures)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".png")).sorted().toList()) {
                html.append("<p class=\"strip\"><img alt=\"" + (renderings ? RENDERINGS : DEPTHS) + "\" "
                        + "src=\"data:image/png;base64,"
                        + Base64.getEncoder().encodeToString(Files.readAllBytes(file)) + "\"></p>\n");
            }
        }
        return html.isEmpty()
                ? ""
                : "<h2>Pictures of the last validation</h2>\n" + "<p>"
                        + (renderings ? RENDERINGS : DEPTHS + DEPTH_COLORS) + "</p>\n" + html;
    }

    private String configuration() {
        return "<h2>Configuration</h2>\n<pre>" + Html.escaped(config) + "</pre>\n";
    }
}
