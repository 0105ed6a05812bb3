package da3.geometry.path;

import da3.geometry.Camera;
import java.util.List;

/** The path of the views themselves. */
public final class OriginalPath implements CameraPath {

    @Override
    public List<Camera> through(List<Camera> views) {
        CameraPath.requireViews(views, 2, "original");
        return List.copyOf(views);
    }
}
