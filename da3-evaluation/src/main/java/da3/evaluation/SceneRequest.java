package da3.evaluation;

import da3.geometry.Camera;
import da3.geometry.Image;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a predictor is given of a scene.
 *
 * @param scene id of the scene
 * @param sceneViews number of views of the whole scene
 * @param views index in the scene of each image; {@link #UNRELATED} for an image of another scene
 * @param images at least one, all of the same size
 * @param cameras known cameras, one for each image, or empty
 * @param rendered whether new views will be rendered from the prediction, so that Gaussians are useful
 */
public record SceneRequest(
        String scene,
        int sceneViews,
        List<Integer> views,
        List<Image> images,
        Optional<List<Camera>> cameras,
        boolean rendered) {

    /** Index of an image of another scene. */
    public static final int UNRELATED = -1;

    /** Copies the lists. */
    public SceneRequest {
        views = List.copyOf(views);
        images = List.copyOf(images);
        cameras = cameras.map(List::copyOf);
    }

    /** Returns whether the images are all views of the scene in their order. */
    public boolean isComplete() {
        return views.equals(IntStream.range(0, sceneViews).boxed().toList());
    }

    /** Returns whether an image is of another scene. */
    public boolean hasUnrelated() {
        return views.contains(UNRELATED);
    }
}
