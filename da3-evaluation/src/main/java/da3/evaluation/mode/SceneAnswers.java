package da3.evaluation.mode;

import da3.evaluation.EvaluationScene;
import da3.evaluation.PredictedScene;
import da3.evaluation.Predictor;
import da3.geometry.Image;
import da3.geometry.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A predictor's answers about one scene. Each question is asked when it is first needed, and once for all modes. */
public final class SceneAnswers {

    private final EvaluationScene scene;
    private final Predictor predictor;
    private final Stranger stranger;
    private PredictedScene together; // these are null until asked for
    private PredictedScene posed;
    private List<PredictedScene> alone;
    private Optional<PredictedScene> swapped;

    /** Finds a photo of another place, of the same size; empty if there is none. */
    @FunctionalInterface
    public interface Stranger {
        Optional<Image> find();
    }

    /** Prepares to ask; nothing is predicted yet. */
    public SceneAnswers(EvaluationScene scene, Predictor predictor, Stranger stranger) {
        this.scene = scene;
        this.predictor = predictor;
        this.stranger = stranger;
    }

    /** Returns the scene with its truth. */
    public EvaluationScene scene() {
        return scene;
    }

    /** Returns the answer to all photos, of which no camera is known. */
    public PredictedScene together() {
        if (together == null) {
            together = ask(scene.images(), false);
        }
        return together;
    }

    /** Returns the answer to all photos with their true cameras; empty if none are known or may be given. */
    public Optional<PredictedScene> posed() {
        if (posed == null && predictor.takesCameras() && scene.cameras().isPresent()) {
            posed = ask(scene.images(), true);
        }
        return Optional.ofNullable(posed);
    }

    /** Returns the answers to each photo by itself. */
    public List<PredictedScene> alone() {
        if (alone == null) {
            alone = scene.views().size() == 1
                    ? List.of(together())
                    : scene.images().stream()
                            .map(image -> ask(List.of(image), false))
                            .toList();
        }
        return alone;
    }

    /**
     * Returns the answer to all photos with a photo of another scene in place of the second; empty for a single photo, or
     * if no other scene has photos of this size.
     */
    public Optional<PredictedScene> swapped() {
        if (swapped == null) {
            swapped = scene.views().size() == 1
                    ? Optional.empty()
                    : stranger.find().map(this::askWith);
        }
        return swapped;
    }

    private PredictedScene askWith(Image other) {
        List<Image> images = new ArrayList<>(scene.images());
        images.set(1, other);
        return ask(images, false);
    }

    private PredictedScene ask(List<Image> images, boolean withCameras) {
        PredictedScene answer = predictor.predict(images, withCameras ? scene.cameras() : Optional.empty());
        if (answer.views().size() != images.size()) {
            throw new IllegalArgumentException("predicted views must be as many as the images, " + images.size()
                    + ", got " + answer.views().size());
        }
        for (int i = 0; i < images.size(); i++) {
            View view = answer.views().get(i);
            if (view.depth().width() != images.get(i).width()
                    || view.depth().height() != images.get(i).height()) {
                throw new IllegalArgumentException(
                        "predicted depth must have the size of its image, " + images.get(i) + ", got " + view.depth());
            }
        }
        return answer;
    }
}
