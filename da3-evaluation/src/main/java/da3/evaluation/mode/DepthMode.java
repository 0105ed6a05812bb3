package da3.evaluation.mode;

import da3.evaluation.mode.Metric.Better;
import da3.geometry.View;
import da3.geometry.metrics.DepthMetrics;
import java.util.List;

/** Depth of all views of a scene, predicted together without cameras and aligned with one scale for the scene. */
final class DepthMode implements Mode {

    @Override
    public String id() {
        return "depth";
    }

    @Override
    public String title() {
        return "Depth of all views together";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.mean("abs_rel", "AbsRel", Better.LOWER, "depth.abs_rel"),
                Metric.mean("delta1", "delta1", Better.HIGHER, "depth.delta1"));
    }

    @Override
    public void measure(ScenePredictions predictions, Samples into) {
        List<View> truth = predictions.scene().views();
        List<View> predicted = predictions.together().views();
        if (!DepthErrors.areComparable(predicted, truth)) {
            return;
        }
        DepthMetrics errors = DepthErrors.of(predicted, truth);
        into.add("depth.abs_rel", errors.absRel());
        into.add("depth.delta1", errors.delta1());
    }
}
