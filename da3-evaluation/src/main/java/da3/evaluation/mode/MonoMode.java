package da3.evaluation.mode;

import da3.evaluation.PredictedScene;
import da3.evaluation.mode.Metric.Better;
import da3.geometry.View;
import da3.geometry.metrics.DepthMetrics;
import java.util.List;
import java.util.Optional;

/**
 * Depth of each view predicted alone and aligned with a scale of its own, or with a scale and a shift, compared with that
 * of all views together.
 */
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
                Metric.mean("affine_abs_rel", "AbsRel after scale and shift", Better.LOWER, "mono.affine.abs_rel"),
                Metric.mean("affine_delta1", "delta1 after scale and shift", Better.HIGHER, "mono.affine.delta1"),
                Metric.ratio(
                        "together_of_alone",
                        "AbsRel of several views together over AbsRel of each by itself",
                        Better.NEITHER,
                        "mono.several.together.abs_rel",
                        "mono.several.alone.abs_rel"));
    }

    @Override
    public void measure(ScenePredictions predictions, Samples into) {
        Optional<List<PredictedScene>> alone = predictions.alone();
        for (int i = 0; alone.isPresent() && i < alone.get().size(); i++) {
            List<View> truth = List.of(predictions.scene().views().get(i));
            List<View> predicted = alone.get().get(i).views();
            if (DepthErrors.areComparable(predicted, truth)) {
                measure(predicted, truth, into);
                if (alone.get().size() > 1) {
                    compare(predicted, List.of(predictions.together().views().get(i)), truth, into);
                }
            }
        }
    }

    private static void measure(List<View> predicted, List<View> truth, Samples into) {
        DepthMetrics scaled = DepthErrors.of(predicted, truth);
        into.add("mono.abs_rel", scaled.absRel());
        into.add("mono.delta1", scaled.delta1());
        DepthMetrics affine = DepthMetrics.affine(DepthMetrics.depths(predicted), DepthMetrics.depths(truth));
        into.add("mono.affine.abs_rel", affine.absRel());
        into.add("mono.affine.delta1", affine.delta1());
    }

    private static void compare(List<View> alone, List<View> together, List<View> truth, Samples into) {
        if (DepthErrors.areComparable(together, truth)) {
            into.add("mono.several.alone.abs_rel", DepthErrors.of(alone, truth).absRel());
            into.add(
                    "mono.several.together.abs_rel",
                    DepthErrors.of(together, truth).absRel());
        }
    }
}
