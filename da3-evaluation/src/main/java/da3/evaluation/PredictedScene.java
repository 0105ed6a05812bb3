package da3.evaluation;

import da3.geometry.Camera;
import da3.geometry.View;
import java.util.List;
import java.util.Optional;

/**
 * The prediction of a scene. Lengths are in the unit of the predictor, the same for all views.
 *
 * @param views depth, and confidence and cameras where the predictor has them, at the size of the images
 * @param rayCameras cameras that follow from predicted rays, in addition to those of the views; empty without rays
 */
public record PredictedScene(List<View> views, Optional<List<Camera>> rayCameras) {

    /** Copies the lists. */
    public PredictedScene {
        views = List.copyOf(views);
        rayCameras = rayCameras.map(List::copyOf);
    }

    /** Returns the cameras of the views; empty unless each has one. */
    public Optional<List<Camera>> cameras() {
        List<Camera> cameras =
                views.stream().flatMap(view -> view.camera().stream()).toList();
        return cameras.size() == views.size() ? Optional.of(cameras) : Optional.empty();
    }
}
