package da3.evaluation.mode;

import da3.evaluation.mode.Metric.Better;
import da3.geometry.metrics.DepthMetrics;
import java.util.List;

/** Depth of all views of a scene with given cameras, compared with that without cameras. */
final class PosedDepthMode implements Mode {

    @Override
    public String id() {
        return "depth_posed";
    }

    @Override
    public String title() {
        return "Depth with given cameras";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.mean("abs_rel", "AbsRel", Better.LOWER, "depth_posed.abs_rel"),
                Metric.mean("delta1", "delta1", Better.HIGHER, "depth_posed.delta1"),
                Metric.ratio(
                        "abs_rel_of_unposed",
                        "AbsRel over AbsRel without cameras",
                        Better.NEITHER,
                        "depth_posed.abs_rel",
                        "depth_posed.unposed.abs_rel"));
    }

    @Override
    public void measure(ScenePredictions predictions, Samples into) {
        predictions.posed().ifPresent(posed -> {
            DepthMetrics errors =
                    DepthErrors.of(posed.views(), predictions.scene().views());
            into.add("depth_posed.abs_rel", errors.absRel());
            into.add("depth_posed.delta1", errors.delta1());
            DepthMetrics unposed = DepthErrors.of(
                    predictions.together().views(), predictions.scene().views());
            into.add("depth_posed.unposed.abs_rel", unposed.absRel());
        });
    }
}
