package da3.geometry;

import java.util.List;
import java.util.Optional;

/**
 * Views of one place, in the caller's order.
 *
 * @param metric whether lengths are meters; otherwise they are the model's own unit
 */
public record Scene(List<View> views, Optional<GaussianCloud> gaussians, boolean metric) {

    public Scene {
        views = List.copyOf(views);
    }

    public View view(int i) {
        return views.get(i);
    }
}
