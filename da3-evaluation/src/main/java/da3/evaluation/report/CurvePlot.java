package da3.evaluation.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A plot of the fraction of pairs over thresholds in degrees as an inline SVG, with a line for each predictor. */
final class CurvePlot {

    private static final int WIDTH = 420;
    private static final int HEIGHT = 240;
    private static final int LEFT = 44;
    private static final int BOTTOM = 34;
    private static final int TOP = 10;
    private static final int RIGHT = 10;

    private final int degrees;
    private final StringBuilder svg = new StringBuilder();

    /**
     * Creates an empty plot.
     *
     * @param degrees largest threshold
     */
    CurvePlot(String title, int degrees) {
        this.degrees = degrees;
        svg.append("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
                .formatted(WIDTH, HEIGHT, Html.escaped(title)));
        for (int percent = 0; percent <= 100; percent += 25) {
            grid(LEFT, y(percent / 100.0), WIDTH - RIGHT, y(percent / 100.0));
            text(LEFT - 6, y(percent / 100.0) + 4, "end", percent + " %");
        }
        for (int tick = 0; tick <= degrees; tick += Math.max(1, degrees / 6)) {
            grid(x(tick), TOP, x(tick), HEIGHT - BOTTOM);
            text(x(tick), HEIGHT - BOTTOM + 15, "middle", Integer.toString(tick));
        }
        text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 4, "middle", "threshold, degrees");
    }

    /**
     * Adds a line.
     *
     * @param shares fractions of errors below 1, 2, ... degrees
     * @param color CSS color of the line
     */
    void add(double[] shares, String color) {
        String points = IntStream.rangeClosed(0, degrees)
                .mapToObj(i -> number(x(i)) + "," + number(y(i == 0 ? 0 : shares[i - 1])))
                .collect(Collectors.joining(" "));
        svg.append(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n".formatted(points, color));
    }

    /** Returns the plot. */
    String svg() {
        return svg + "</svg>\n";
    }

    private double x(double threshold) {
        return LEFT + threshold / degrees * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double share) {
        return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
    }

    private void grid(double x1, double y1, double x2, double y2) {
        svg.append("<line class=\"grid\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
                .formatted(Arrays.stream(new double[] {x1, y1, x2, y2})
                        .mapToObj(CurvePlot::number)
                        .toArray()));
    }

    private void text(double x, double y, String anchor, String text) {
        svg.append("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
                .formatted(number(x), number(y), anchor, Html.escaped(text)));
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
