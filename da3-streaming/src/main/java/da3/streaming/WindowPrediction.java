package da3.streaming;

import da3.geometry.Scene;
import da3.geometry.check.Check;
import java.util.List;

/**
 * The prediction of a window.
 *
 * @param scene a view with a camera for each frame, in a frame and unit of the window's own
 * @param descriptors for each frame a vector by which frames of the same surfaces can be found, all of the same length;
 *     empty if the predictor has none, and then no loops are found
 */
public record WindowPrediction(Scene scene, List<float[]> descriptors) {

    /** @throws IllegalArgumentException if the numbers of views and descriptors differ */
    public WindowPrediction {
        descriptors = List.copyOf(descriptors);
        if (!descriptors.isEmpty() && descriptors.size() != scene.views().size()) {
            throw Check.invalid(
                    "number of descriptors", "0 or " + scene.views().size() + ", one per view", descriptors.size());
        }
    }
}
