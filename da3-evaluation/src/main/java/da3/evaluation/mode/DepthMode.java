package da3.evaluation.mode;

import da3.evaluation.mode.Metric.Better;
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
        DepthMetrics errors = DepthErrors.of(
                predictions.together().views(), predictions.scene().views());
        into.add("depth.abs_rel", errors.absRel());
        into.add("depth.delta1", errors.delta1());
    }
}
