package da3.evaluation.report;

import java.util.List;
import java.util.OptionalDouble;

/** A bar plot of one metric as an inline SVG: a group of bars for each scene, with one bar for each predictor. */
final class BarPlot {

    private static final int HEIGHT = 200;
    private static final int BOTTOM = 8;
    private static final int TOP = 8;
    private static final int LEFT = 44;
    private static final int BAR = 5;
    private static final int GAP = 5;
    private static final int LINES = 4;

    private BarPlot() {}

    /**
     * The values of one scene.
     *
     * @param values one for each predictor
     */
    record Scene(String id, List<OptionalDouble> values) {}

    /**
     * Returns a plot of scenes in their order.
     *
     * @param max value at the top; longer bars are cut off
     */
    static String svg(String title, List<Scene> scenes, double max) {
        int group = scenes.get(0).values().size() * BAR + GAP;
        int width = LEFT + scenes.size() * group;
        StringBuilder svg = new StringBuilder(
                "<svg class=\"bars\" width=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
                        .formatted(width, width, HEIGHT, Html.escaped(title)));
        for (int i = 0; i <= LINES; i++) {
            double value = max * i / LINES;
            String y = CurvePlot.number(y(value, max));
            svg.append("<line class=\"grid\" x1=\"%d\" y1=\"%s\" x2=\"%d\" y2=\"%s\"/>\n".formatted(LEFT, y, width, y));
            svg.append("<text x=\"%d\" y=\"%s\" text-anchor=\"end\" dy=\"4\">%s</text>\n"
                    .formatted(LEFT - 6, y, MetricTable.number(OptionalDouble.of(value))));
        }
        for (int i = 0; i < scenes.size(); i++) {
            svg.append(bars(scenes.get(i), LEFT + i * group + GAP / 2, max));
        }
        return svg + "</svg>\n";
    }

    private static String bars(Scene scene, int x, double max) {
        StringBuilder bars = new StringBuilder("<g><title>").append(Html.escaped(scene.id()));
        scene.values().forEach(value -> bars.append(' ').append(MetricTable.number(value)));
        bars.append("</title>\n");
        for (int i = 0; i < scene.values().size(); i++) {
            if (scene.values().get(i).isPresent()) {
                double top = y(scene.values().get(i).getAsDouble(), max);
                bars.append("<rect x=\"%d\" y=\"%s\" width=\"%d\" height=\"%s\" fill=\"%s\"/>\n"
                        .formatted(
                                x + i * BAR,
                                CurvePlot.number(top),
                                BAR - 1,
                                CurvePlot.number(HEIGHT - BOTTOM - top),
                                Html.color(i)));
            }
        }
        return bars + "</g>\n";
    }

    private static double y(double value, double max) {
        return HEIGHT - BOTTOM - Math.min(1, value / max) * (HEIGHT - BOTTOM - TOP);
    }
}
