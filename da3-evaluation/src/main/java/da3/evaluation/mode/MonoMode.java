package da3.evaluation.mode;

import da3.evaluation.mode.Metric.Better;
import da3.geometry.View;
import da3.geometry.metrics.DepthMetrics;
import java.util.List;

/** Depth of each view predicted alone and aligned with a scale of its own, compared with that of all views together. */
final class MonoMode implements Mode {

    @Override
    public String id() {
        return "mono";
    }

    @Override
    public String title() {
        return "Depth of each view by itself";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.mean("abs_rel", "AbsRel", Better.LOWER, "mono.abs_rel"),
                Metric.mean("delta1", "delta1", Better.HIGHER, "mono.delta1"),
                Metric.ratio(
                        "together_of_alone",
                        "AbsRel of several views together over AbsRel of each by itself",
                        Better.NEITHER,
                        "mono.several.together.abs_rel",
                        "mono.several.alone.abs_rel"));
    }

    @Override
    public void measure(ScenePredictions predictions, Samples into) {
        List<View> truth = predictions.scene().views();
        for (int i = 0; i < truth.size(); i++) {
            List<View> one = List.of(truth.get(i));
            DepthMetrics alone = DepthErrors.of(predictions.alone().get(i).views(), one);
            into.add("mono.abs_rel", alone.absRel());
            into.add("mono.delta1", alone.delta1());
            if (truth.size() > 1) {
                View seen = predictions.together().views().get(i);
                into.add("mono.several.alone.abs_rel", alone.absRel());
                into.add(
                        "mono.several.together.abs_rel",
                        DepthErrors.of(List.of(seen), one).absRel());
            }
        }
    }
}
