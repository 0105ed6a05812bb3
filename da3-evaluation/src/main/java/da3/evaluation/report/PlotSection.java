package da3.evaluation.report;

import da3.evaluation.mode.Metric;
import da3.evaluation.mode.Mode;
import da3.evaluation.run.EvaluationResult;
import da3.evaluation.run.SceneRecord;
import da3.geometry.metrics.PoseAuc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Plots of the accuracy of cameras over thresholds, and of the first metric of each mode for each scene. */
final class PlotSection {

    private static final int DEGREES = 30;

    /** Names of samples of the larger error of each pair, with their titles. */
    private static final Map<String, String> CURVES =
            Map.of("pose.head.worst", "Camera head", "pose.rays.worst", "Rays");

    /** Upper end of bar plots as a multiple of the mean of the first predictor. */
    private static final double MAX_BAR = 4;

    private final EvaluationResult result;
    private final List<String> names;

    PlotSection(EvaluationResult result) {
        this.result = result;
        this.names = List.copyOf(result.predictors().keySet());
    }

    String html() {
        return curves() + bars();
    }

    private String curves() {
        String plots = CURVES.keySet().stream().sorted().map(this::curve).collect(Collectors.joining());
        return plots.isEmpty()
                ? ""
                : "<h2>Pairs of views within a threshold</h2>\n"
                        + "<p>The larger of rotation and translation direction error.</p>\n"
                        + Html.legend(result) + "<div class=\"plots\">\n" + plots + "</div>\n";
    }

    private String curve(String samples) {
        CurvePlot plot = new CurvePlot(CURVES.get(samples), DEGREES);
        boolean drawn = false;
        for (int i = names.size() - 1; i >= 0; i--) { // the first predictor on top
            double[] errors = result.samples(names.get(i)).values(samples);
            if (errors.length > 0) {
                plot.add(PoseAuc.curve(errors, DEGREES), Html.color(i));
                drawn = true;
            }
        }
        return drawn
                ? "<figure><figcaption>" + CURVES.get(samples) + "</figcaption>\n" + plot.svg() + "</figure>\n"
                : "";
    }

    private String bars() {
        StringBuilder plots = new StringBuilder();
        for (Mode mode : result.modes()) {
            mode.metrics().stream()
                    .filter(metric -> metric.better() == Metric.Better.LOWER
                            && result.value(metric, names.get(0)).isPresent())
                    .findFirst()
                    .ifPresent(metric -> plots.append(bars(mode, metric)));
        }
        return plots.isEmpty() ? "" : "<h2>Scene by scene</h2>\n" + Html.legend(result) + plots;
    }

    private String bars(Mode mode, Metric metric) {
        List<BarPlot.Scene> scenes = new ArrayList<>();
        List<List<SceneRecord>> records = names.stream().map(result::records).toList();
        for (int i = 0; i < records.get(0).size(); i++) {
            int scene = i;
            List<OptionalDouble> values = records.stream()
                    .map(all -> metric.aggregation().of(all.get(scene).samples()))
                    .toList();
            scenes.add(new BarPlot.Scene(records.get(0).get(i).scene(), values));
        }
        double largest = scenes.stream()
                .flatMap(scene -> scene.values().stream())
                .flatMapToDouble(OptionalDouble::stream)
                .max()
                .orElseThrow();
        double max =
                Math.min(largest, MAX_BAR * result.value(metric, names.get(0)).getAsDouble());
        String title = mode.title() + ": " + metric.title();
        return "<figure><figcaption>" + Html.escaped(title) + "</figcaption>\n<div class=\"wide\">"
                + BarPlot.svg(title, scenes, max > 0 ? max : 1) + "</div></figure>\n";
    }
}
