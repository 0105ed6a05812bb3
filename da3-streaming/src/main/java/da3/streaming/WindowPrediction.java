package da3.streaming;

import da3.geometry.Scene;
import da3.geometry.check.Check;
import java.util.List;

/**
 * The prediction of a window.
 *
 * @param scene a view with a camera for each frame, in a frame and unit of the window's own
 * @param descriptors a vector for each frame, similar for frames that show the same surfaces, all of the same length; empty
 *     if the predictor computes none, in which case no loops are found
 * @param scaled whether poses that were given to the predictor determined the scale; true if none were given
 */
public record WindowPrediction(Scene scene, List<float[]> descriptors, boolean scaled) {

    /** Creates a prediction whose scale is not in doubt. */
    public WindowPrediction(Scene scene, List<float[]> descriptors) {
        this(scene, descriptors, true);
    }

    /** @throws IllegalArgumentException if a view has no camera or the numbers of views and descriptors differ */
    public WindowPrediction {
        for (int i = 0; i < scene.views().size(); i++) {
            if (scene.view(i).camera().isEmpty()) {
                throw Check.invalid("predicted view " + i, "a view with a camera", "one without camera");
            }
        }
        descriptors = List.copyOf(descriptors);
        if (!descriptors.isEmpty() && descriptors.size() != scene.views().size()) {
            throw Check.invalid(
                    "number of descriptors", "0 or " + scene.views().size() + ", one per view", descriptors.size());
        }
    }

    /** Returns this prediction, which must be one of as many frames. */
    WindowPrediction requireViews(int frames) {
        if (scene.views().size() != frames) {
            throw Check.invalid(
                    "number of predicted views",
                    "the number of frames, " + frames,
                    scene.views().size());
        }
        return this;
    }
}
