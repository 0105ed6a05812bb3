package da3.evaluation.mode;

import da3.evaluation.EvaluationScene;
import da3.evaluation.PredictedScene;
import da3.evaluation.Predictor;
import da3.evaluation.SceneRequest;
import da3.evaluation.SurfaceProtocol;
import da3.evaluation.SurfaceTruth;
import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.PointCloud;
import da3.geometry.View;
import da3.geometry.check.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The predictions of one predictor for one scene. Each is computed on first use and shared by all modes. */
public final class ScenePredictions {

    private final EvaluationScene scene;
    private final Predictor predictor;
    private final UnrelatedImage unrelated;
    private final List<Integer> all;
    private PredictedScene together; // these are null until computed
    private Optional<PredictedScene> posed;
    private Optional<List<PredictedScene>> alone;
    private Optional<PredictedScene> swapped;
    private PointCloud surface;
    private SurfaceProtocol protocol;

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
        this.all = IntStream.range(0, scene.views().size()).boxed().toList();
    }

    /** Returns the scene with its truth. */
    public EvaluationScene scene() {
        return scene;
    }

    /** Returns the prediction for all views together, without cameras. */
    public PredictedScene together() {
        if (together == null) {
            together = predict(request(all, scene.images(), false, false));
        }
        return together;
    }

    /**
     * Returns the prediction for all views with their true cameras; empty if they are unknown or the predictor takes
     * none.
     */
    public Optional<PredictedScene> posed() {
        if (posed == null) {
            posed = predictor.takesCameras() && scene.cameras().isPresent()
                    ? predictIfAnswered(request(all, scene.images(), true, false))
                    : Optional.empty();
        }
        return posed;
    }

    /** Returns the predictions for each view alone; empty if the predictor does not provide them. */
    public Optional<List<PredictedScene>> alone() {
        if (alone == null) {
            alone = all.size() == 1 ? Optional.of(List.of(together())) : eachAlone();
        }
        return alone;
    }

    private Optional<List<PredictedScene>> eachAlone() {
        List<PredictedScene> each = new ArrayList<>();
        for (int view : all) {
            predictIfAnswered(request(List.of(view), List.of(scene.images().get(view)), false, false))
                    .ifPresent(each::add);
        }
        return each.size() == all.size() ? Optional.of(each) : Optional.empty();
    }

    /**
     * Returns the prediction for all views with the second one replaced by an image of another scene; empty for a
     * single view, or if no other scene has images of this size, or the predictor does not provide it.
     */
    public Optional<PredictedScene> swapped() {
        if (swapped == null) {
            swapped = all.size() == 1 ? Optional.empty() : unrelated.find().flatMap(this::predictWith);
        }
        return swapped;
    }

    private Optional<PredictedScene> predictWith(Image other) {
        List<Integer> views = new ArrayList<>(all);
        views.set(1, SceneRequest.UNRELATED);
        List<Image> images = new ArrayList<>(scene.images());
        images.set(1, other);
        return predictIfAnswered(request(views, images, false, false));
    }

    /**
     * Returns the prediction for some views from which others will be rendered, with the true cameras if the predictor
     * accepts them; empty if the predictor does not provide it. Every call computes it.
     */
    Optional<PredictedScene> forRendering(List<Integer> views) {
        List<Image> images = views.stream().map(scene.images()::get).toList();
        boolean withCameras = predictor.takesCameras() && scene.cameras().isPresent();
        return predictIfAnswered(request(views, images, withCameras, true));
    }

    /**
     * Returns points on the true surface.
     *
     * @throws UncheckedIOException if they cannot be loaded
     * @throws java.util.NoSuchElementException if the scene has no true surface
     */
    PointCloud surface() {
        if (surface == null) {
            surface = loaded(scene.surface().orElseThrow().points());
        }
        return surface;
    }

    /**
     * Returns the protocol that compares surfaces.
     *
     * @throws UncheckedIOException if it cannot be loaded
     * @throws java.util.NoSuchElementException if the scene has no true surface
     */
    SurfaceProtocol protocol() {
        if (protocol == null) {
            protocol = loaded(scene.surface().orElseThrow().protocol());
        }
        return protocol;
    }

    private static <T> T loaded(SurfaceTruth.Source<T> source) {
        try {
            return source.load();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SceneRequest request(List<Integer> views, List<Image> images, boolean withCameras, boolean rendered) {
        Optional<List<Camera>> cameras = withCameras
                ? scene.cameras().map(known -> views.stream().map(known::get).toList())
                : Optional.empty();
        return new SceneRequest(scene.id(), all.size(), views, images, cameras, rendered);
    }

    private Optional<PredictedScene> predictIfAnswered(SceneRequest request) {
        return predictor.answers(request) ? Optional.of(predict(request)) : Optional.empty();
    }

    private PredictedScene predict(SceneRequest request) {
        PredictedScene prediction = predictor.predict(request);
        if (prediction.views().size() != request.images().size()) {
            throw Check.invalid(
                    "number of predicted views",
                    "the number of images, " + request.images().size(),
                    prediction.views().size());
        }
        for (int i = 0; i < request.images().size(); i++) {
            View view = prediction.views().get(i);
            Image image = request.images().get(i);
            if (view.depth().width() != image.width() || view.depth().height() != image.height()) {
                throw Check.invalid("predicted depth", "as large as its image, " + image, view.depth());
            }
        }
        return prediction;
    }
}
