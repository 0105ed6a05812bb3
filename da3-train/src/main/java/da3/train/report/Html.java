package da3.train.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** HTML fragments. */
final class Html {

    /** Colors of lines in order. */
    static final List<String> COLORS = List.of("#1f6feb", "#9a6700", "#8b949e", "#8250df", "#1a7f37", "#cf222e");

    private Html() {}

    /** Returns text with HTML special characters escaped. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Returns a legend with the color of each name. */
    static String legend(List<String> names) {
        return names.stream()
                .map(name -> "<span><i style=\"background:" + COLORS.get(names.indexOf(name)) + "\"></i>"
                        + escaped(name) + "</span>")
                .collect(Collectors.joining("", "<p class=\"legend\">", "</p>\n"));
    }

    /** Returns a number with four significant digits, or a dash if it is not finite. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "-";
        }
        boolean plain = value == 0 || Math.abs(value) >= 0.001 && Math.abs(value) < 10_000;
        return plain
                ? String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.4f" : "%.2f", value)
                : String.format(Locale.ROOT, "%.2e", value);
    }
}
