package da3.evaluation.report;

import da3.evaluation.run.EvaluationResult;
import java.util.List;
import java.util.stream.Collectors;

/** HTML fragments. */
final class Html {

    /** Colors of predictors in order; they repeat from the start if there are more predictors. */
    private static final List<String> COLORS =
            List.of("#1f6feb", "#9a6700", "#8b949e", "#8250df", "#1a7f37", "#cf222e");

    private Html() {}

    /** Returns text with HTML special characters escaped. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static String color(int predictor) {
        return COLORS.get(predictor % COLORS.size());
    }

    /** Returns a legend with the color of each predictor. */
    static String legend(EvaluationResult result) {
        List<String> names = List.copyOf(result.predictors().keySet());
        return names.stream()
                .map(name -> "<span><i style=\"background:" + color(names.indexOf(name)) + "\"></i>" + escaped(name)
                        + "</span>")
                .collect(Collectors.joining("", "<p class=\"legend\">", "</p>\n"));
    }

    /** Returns a table row whose first cell is a heading. */
    static String row(String heading, List<String> cells) {
        return "<tr><th scope=\"row\">" + escaped(heading) + "</th>"
                + cells.stream().map(cell -> "<td>" + cell + "</td>").collect(Collectors.joining()) + "</tr>\n";
    }

    /** Returns a table row of headings. */
    static String head(List<String> headings) {
        return headings.stream()
                .map(heading -> "<th scope=\"col\">" + escaped(heading) + "</th>")
                .collect(Collectors.joining("", "<tr>", "</tr>\n"));
    }
}
