package da3.geometry.path;

import da3.geometry.Camera;
import da3.geometry.check.Check;
import java.util.List;

/** A camera path through a scene. */
@FunctionalInterface
public interface CameraPath {

    /**
     * Returns the cameras of the path, one for each frame.
     *
     * @param views cameras of the views of the scene, in their order
     * @return intrinsics are in pixels of images of the same size as the views
     * @throws IllegalArgumentException if there are too few views for this path, or a camera is invalid
     */
    List<Camera> through(List<Camera> views);

    /**
     * Checks the cameras of the views.
     *
     * @param minViews minimum number of views
     * @param path names the path in error messages
     * @throws IllegalArgumentException if there are fewer views, or a camera is invalid
     */
    static void requireViews(List<Camera> views, int minViews, String path) {
        if (views.size() < minViews) {
            throw Check.invalid(
                    "number of views for path " + path,
                    "at least " + minViews + (minViews > 1 ? " (1 is enough for wander and dolly_zoom)" : ""),
                    views.size());
        }
        for (int i = 0; i < views.size(); i++) {
            views.get(i).pose().requireRigid("pose " + i);
            views.get(i).intrinsics().requireValid("intrinsics " + i);
        }
    }
}
