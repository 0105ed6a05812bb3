package da3.evaluation.mode;

import da3.evaluation.EvaluationScene;
import da3.evaluation.PredictedScene;
import da3.evaluation.Predictor;
import da3.geometry.Image;
import da3.geometry.View;
import da3.geometry.check.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The predictions of one predictor for one scene. Each is computed on first use and shared by all modes. */
public final class ScenePredictions {

    private final EvaluationScene scene;
    private final Predictor predictor;
    private final UnrelatedImage unrelated;
    private PredictedScene together; // these are null until computed
    private PredictedScene posed;
    private List<PredictedScene> alone;
    private Optional<PredictedScene> swapped;

    /** Finds an image of another scene with the same size. */
    @FunctionalInterface
    public interface UnrelatedImage {
        /** Returns the image; empty if there is none. */
        Optional<Image> find();
    }

    /** Creates the predictions of a scene; nothing is computed yet. */
    public ScenePredictions(EvaluationScene scene, Predictor predictor, UnrelatedImage unrelated) {
        this.scene = scene;
        this.predictor = predictor;
        this.unrelated = unrelated;
    }

    /** Returns the scene with its truth. */
    public EvaluationScene scene() {
        return scene;
    }

    /** Returns the prediction for all views together, without cameras. */
    public PredictedScene together() {
        if (together == null) {
            together = predict(scene.images(), false);
        }
        return together;
    }

    /**
     * Returns the prediction for all views with their true cameras; empty if they are unknown or the predictor takes
     * none.
     */
    public Optional<PredictedScene> posed() {
        if (posed == null && predictor.takesCameras() && scene.cameras().isPresent()) {
            posed = predict(scene.images(), true);
        }
        return Optional.ofNullable(posed);
    }

    /** Returns the predictions for each view alone. */
    public List<PredictedScene> alone() {
        if (alone == null) {
            alone = scene.views().size() == 1
                    ? List.of(together())
                    : scene.images().stream()
                            .map(image -> predict(List.of(image), false))
                            .toList();
        }
        return alone;
    }

    /**
     * Returns the prediction for all views with the second one replaced by an image of another scene; empty for a
     * single view, or if no other scene has images of this size.
     */
    public Optional<PredictedScene> swapped() {
        if (swapped == null) {
            swapped = scene.views().size() == 1
                    ? Optional.empty()
                    : unrelated.find().map(this::predictWith);
        }
        return swapped;
    }

    private PredictedScene predictWith(Image other) {
        List<Image> images = new ArrayList<>(scene.images());
        images.set(1, other);
        return predict(images, false);
    }

    private PredictedScene predict(List<Image> images, boolean withCameras) {
        PredictedScene prediction = predictor.predict(images, withCameras ? scene.cameras() : Optional.empty());
        if (prediction.views().size() != images.size()) {
            throw Check.invalid(
                    "number of predicted views",
                    "the number of images, " + images.size(),
                    prediction.views().size());
        }
        for (int i = 0; i < images.size(); i++) {
            View view = prediction.views().get(i);
            if (view.depth().width() != images.get(i).width()
                    || view.depth().height() != images.get(i).height()) {
                throw Check.invalid("predicted depth", "as large as its image, " + images.get(i), view.depth());
            }
        }
        return prediction;
    }
}
