package da3.evaluation.mode;

import da3.evaluation.PredictedScene;
import da3.evaluation.mode.Metric.Better;
import da3.geometry.View;
import da3.geometry.metrics.DepthMetrics;
import java.util.List;
import java.util.Optional;

/**
 * Depth of each view predicted alone, in meters and without any alignment. Predictions that are not in meters, and scenes
 * whose truth is not, add nothing.
 */
final class MetricMode implements Mode {

    @Override
    public String id() {
        return "metric";
    }

    @Override
    public String title() {
        return "Metric depth of each view by itself";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.mean("abs_rel", "AbsRel", Better.LOWER, "metric.abs_rel"),
                Metric.mean("delta1", "delta1", Better.HIGHER, "metric.delta1"));
    }

    @Override
    public void measure(ScenePredictions predictions, Samples into) {
        Optional<List<PredictedScene>> alone = predictions.scene().metric() ? predictions.alone() : Optional.empty();
        for (int i = 0; alone.isPresent() && i < alone.get().size(); i++) {
            PredictedScene predicted = alone.get().get(i);
            List<View> truth = List.of(predictions.scene().views().get(i));
            if (predicted.metric() && DepthErrors.areComparable(predicted.views(), truth)) {
                DepthMetrics errors =
                        DepthMetrics.unaligned(DepthMetrics.depths(predicted.views()), DepthMetrics.depths(truth));
                into.add("metric.abs_rel", errors.absRel());
                into.add("metric.delta1", errors.delta1());
            }
        }
    }
}
