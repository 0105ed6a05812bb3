package da3.train.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A plot of values over steps as an inline SVG, with a line for each series. */
final class LinePlot {

    private static final int WIDTH = 420;
    private static final int HEIGHT = 220;
    private static final int LEFT = 56;
    private static final int RIGHT = 10;
    private static final int TOP = 10;
    private static final int BOTTOM = 24;
    private static final int LINES = 4;
    private static final int DOT_RADIUS = 3;

    /** Maximum number of points of a line; more are averaged. */
    private static final int MAX_POINTS = 300;

    private final String title;
    private final List<Series> series = new ArrayList<>();

    /**
     * A line.
     *
     * @param steps in increasing order
     * @param values one per step; those that are not finite are left out
     * @param color CSS color
     * @param dashed whether the line is dashed
     */
    record Series(double[] steps, double[] values, String color, boolean dashed) {

        /** Returns a series with at most {@link #MAX_POINTS} finite points, each an average of consecutive ones. */
        Series reduced() {
            int[] finite = IntStream.range(0, values.length)
                    .filter(i -> Double.isFinite(values[i]))
                    .toArray();
            int count = Math.min(finite.length, MAX_POINTS);
            double[] meanSteps = new double[count];
            double[] meanValues = new double[count];
            for (int i = 0; i < count; i++) {
                int from = (int) ((long) i * finite.length / count);
                int to = (int) ((i + 1L) * finite.length / count);
                for (int j = from; j < to; j++) {
                    meanSteps[i] += steps[finite[j]] / (to - from);
                    meanValues[i] += values[finite[j]] / (to - from);
                }
            }
            return new Series(meanSteps, meanValues, color, dashed);
        }
    }

    LinePlot(String title) {
        this.title = title;
    }

    void add(double[] steps, double[] values, String color, boolean dashed) {
        series.add(new Series(steps, values, color, dashed).reduced());
    }

    /** Returns the plot, or an empty string if no value is finite. */
    String svg() {
        double[] steps =
                series.stream().flatMapToDouble(s -> Arrays.stream(s.steps)).toArray();
        double[] values =
                series.stream().flatMapToDouble(s -> Arrays.stream(s.values)).toArray();
        if (values.length == 0) {
            return "";
        }
        Axis x = Axis.of(steps, LEFT, WIDTH - RIGHT);
        Axis y = Axis.of(values, HEIGHT - BOTTOM, TOP);
        StringBuilder svg = new StringBuilder("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
                .formatted(WIDTH, HEIGHT, Html.escaped(title)));
        for (int i = 0; i <= LINES; i++) {
            String at = decimal(y.position(y.value(i)));
            svg.append("<line class=\"grid\" x1=\"%d\" y1=\"%s\" x2=\"%d\" y2=\"%s\"/>\n"
                    .formatted(LEFT, at, WIDTH - RIGHT, at));
            svg.append("<text x=\"%d\" y=\"%s\" text-anchor=\"end\" dy=\"4\">%s</text>\n"
                    .formatted(LEFT - 6, at, y.label(i)));
        }
        for (int i = 0; i <= LINES; i += LINES) {
            svg.append("<text x=\"%s\" y=\"%d\" text-anchor=\"%s\">%.0f</text>\n"
                    .formatted(decimal(x.position(x.value(i))), HEIGHT - 6, i == 0 ? "start" : "end", x.value(i)));
        }
        for (int i = series.size() - 1; i >= 0; i--) { // the first series on top
            svg.append(line(series.get(i), x, y));
        }
        return svg + "</svg>\n";
    }

    private static String line(Series series, Axis x, Axis y) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < series.values.length; i++) {
            points.append(i == 0 ? "" : " ")
                    .append(decimal(x.position(series.steps[i])))
                    .append(',')
                    .append(decimal(y.position(series.values[i])));
        }
        if (series.values.length == 1) {
            String[] center = points.toString().split(",");
            return "<circle cx=\"%s\" cy=\"%s\" r=\"%d\" fill=\"%s\"/>\n"
                    .formatted(center[0], center[1], DOT_RADIUS, series.color);
        }
        return "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"%s/>\n"
                .formatted(points, series.color, series.dashed ? " stroke-dasharray=\"5 4\"" : "");
    }

    /** A linear axis from the smallest to the largest value. */
    private record Axis(double min, double max, int start, int end) {

        static Axis of(double[] values, int start, int end) {
            double min = Arrays.stream(values).min().orElseThrow();
            double max = Arrays.stream(values).max().orElseThrow();
            double margin = max > min ? 0 : Math.max(Math.abs(max) / 2, 1e-9); // a constant is in the middle
            return new Axis(min - margin, max + margin, start, end);
        }

        double value(int line) {
            return min + (max - min) * line / LINES;
        }

        /** Returns the value at a line, with enough digits to tell it from those of other lines. */
        String label(int line) {
            double value = value(line);
            double spacing = (max - min) / LINES;
            if (spacing < 1e-5 || Math.max(Math.abs(min), Math.abs(max)) >= 100_000) {
                return String.format(Locale.ROOT, "%.2e", value);
            }
            int decimals = Math.max(0, 1 - (int) Math.floor(Math.log10(spacing)));
            return String.format(Locale.ROOT, "%." + decimals + "f", value);
        }

        double position(double value) {
            return start + (value - min) / (max - min) * (end - start);
        }
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
