package da3.evaluation.mode;

import da3.evaluation.EvaluationScene;
import da3.evaluation.PredictedScene;
import da3.evaluation.SurfaceScore;
import da3.evaluation.mode.Metric.Better;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Surfaces from the predicted depth of all views, compared with the true surface by the protocol of the scene. Predicted
 * cameras are aligned with the true ones by a similarity, whose scale the depth takes too. With given cameras, the surface
 * is built with these.
 *
 * <p>Scenes without a true surface, or whose true cameras determine no alignment, add nothing, and neither do predictions
 * without cameras or depth.
 *
 * <p>Source: paper, benchmark of geometry; reference package bench.
 */
final class ReconstructionMode implements Mode {

    private final boolean posed;

    /** @param posed whether the true cameras are given */
    ReconstructionMode(boolean posed) {
        this.posed = posed;
    }

    @Override
    public String id() {
        return posed ? "recon_posed" : "recon_unposed";
    }

    @Override
    public String title() {
        return posed ? "Surfaces with given cameras" : "Surfaces with predicted cameras";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.mean("f1", "F1", Better.HIGHER, id() + ".f1"),
                Metric.mean("precision", "Precision", Better.HIGHER, id() + ".precision"),
                Metric.mean("recall", "Recall", Better.HIGHER, id() + ".recall"),
                Metric.mean("overall", "Chamfer distance, unit of the scene", Better.LOWER, id() + ".overall"),
                Metric.mean("accuracy", "Accuracy, unit of the scene", Better.LOWER, id() + ".accuracy"),
                Metric.mean("completeness", "Completeness, unit of the scene", Better.LOWER, id() + ".completeness"),
                Metric.mean("surfaces", "Share of scenes with a surface", Better.HIGHER, id() + ".surfaces"));
    }

    @Override
    public void measure(ScenePredictions predictions, Samples into) {
        EvaluationScene scene = predictions.scene();
        if (scene.surface().isEmpty()
                || scene.cameras().filter(SceneAlignment::isDetermined).isEmpty()) {
            return;
        }
        Optional<PredictedScene> predicted = posed ? predictions.posed() : Optional.of(predictions.together());
        predicted
                .filter(scored -> scored.cameras().isPresent() && scored.hasDepth())
                .map(scored -> predictions
                        .protocol()
                        .score(SceneAlignment.views(scene, scored, posed), posed, predictions.surface()))
                .ifPresent(score -> add(score, into));
    }

    private void add(SurfaceScore score, Samples into) {
        into.add(id() + ".surfaces", score.hasSurface() ? 1 : 0);
        add("f1", score.f1(), into);
        add("precision", score.precision(), into);
        add("recall", score.recall(), into);
        add("overall", score.chamfer(), into);
        add("accuracy", score.accuracy(), into);
        add("completeness", score.completeness(), into);
    }

    private void add(String name, OptionalDouble value, Samples into) {
        value.ifPresent(number -> into.add(id() + "." + name, number));
    }
}
