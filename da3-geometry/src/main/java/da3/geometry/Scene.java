package da3.geometry;

import java.util.List;
import java.util.Optional;

/**
 * Several views of one place in one world frame, in the caller's order.
 *
 * @param views the views
 * @param gaussians 3D Gaussians of the scene; absent for models that predict none
 * @param metric whether lengths are in meters; otherwise they are in the unit of the model
 */
public record Scene(List<View> views, Optional<GaussianCloud> gaussians, boolean metric) {

    public Scene {
        views = List.copyOf(views);
    }

    public View view(int i) {
        return views.get(i);
    }
}
