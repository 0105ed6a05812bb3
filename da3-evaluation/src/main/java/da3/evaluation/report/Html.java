package da3.evaluation.report;

import da3.evaluation.run.EvaluationResult;
import java.util.List;
import java.util.stream.Collectors;

/** Pieces of a page. */
final class Html {

    /** A color for each predictor, in order; the constant one and others beyond repeat from the start. */
    private static final List<String> COLORS =
            List.of("#1f6feb", "#9a6700", "#8b949e", "#8250df", "#1a7f37", "#cf222e");

    private Html() {}

    /** Text as HTML shows it. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static String color(int predictor) {
        return COLORS.get(predictor % COLORS.size());
    }

    /** Which color is which predictor. */
    static String legend(EvaluationResult result) {
        List<String> names = List.copyOf(result.predictors().keySet());
        return names.stream()
                .map(name -> "<span><i style=\"background:" + color(names.indexOf(name)) + "\"></i>" + escaped(name)
                        + "</span>")
                .collect(Collectors.joining("", "<p class=\"legend\">", "</p>\n"));
    }

    /** A table row whose first cell is a heading. */
    static String row(String heading, List<String> cells) {
        return "<tr><th scope=\"row\">" + escaped(heading) + "</th>"
                + cells.stream().map(cell -> "<td>" + cell + "</td>").collect(Collectors.joining()) + "</tr>\n";
    }

    /** A table row of headings. */
    static String head(List<String> headings) {
        return headings.stream()
                .map(heading -> "<th scope=\"col\">" + escaped(heading) + "</th>")
                .collect(Collectors.joining("", "<tr>", "</tr>\n"));
    }
}
