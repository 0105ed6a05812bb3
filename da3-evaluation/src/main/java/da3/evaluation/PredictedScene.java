package da3.evaluation;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.View;
import java.util.List;
import java.util.Optional;

/**
 * The prediction of a scene. Lengths are in the unit of the predictor, the same for all views.
 *
 * @param views depth, and confidence and cameras where the predictor has them, at the size of the images; depth is 0 where
 *     it was not predicted
 * @param rayCameras cameras that follow from predicted rays, in addition to those of the views; empty without rays
 * @param metric whether lengths are meters
 * @param gaussians Gaussians in the frame of the cameras of the views; empty without a Gaussian head
 */
public record PredictedScene(
        List<View> views, Optional<List<Camera>> rayCameras, boolean metric, Optional<GaussianCloud> gaussians) {

    /** Creates a prediction whose unit is not known, without Gaussians. */
    public PredictedScene(List<View> views, Optional<List<Camera>> rayCameras) {
        this(views, rayCameras, false, Optional.empty());
    }

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

    /** Returns whether any pixel of any view has a predicted depth. */
    public boolean hasDepth() {
        return views.stream().anyMatch(PredictedScene::hasDepth);
    }

    private static boolean hasDepth(View view) {
        for (float depth : view.depth().values()) {
            if (depth > 0) {
                return true;
            }
        }
        return false;
    }
}
