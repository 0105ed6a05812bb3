package da3.geometry.path;

import da3.geometry.Camera;
import java.util.List;

/** A way through a scene. */
@FunctionalInterface
public interface CameraPath {

    /**
     * @param views the cameras of the scene's photos, in their order
     * @return a camera for each frame; its intrinsics are in pixels of the same image size as the views'
     * @throws IllegalArgumentException if there are too few views for this path
     */
    List<Camera> through(List<Camera> views);

    /** @throws IllegalArgumentException for fewer views, or if one of them is no camera */
    static void requireViews(List<Camera> views, int atLeast, String path) {
        if (views.size() < atLeast) {
            throw new IllegalArgumentException("path " + path + " through " + views.size() + " views; legal: at least "
                    + atLeast + (atLeast > 1 ? " (wander and dolly_zoom do with one)" : ""));
        }
        for (int i = 0; i < views.size(); i++) {
            views.get(i).pose().requireRigid("pose " + i);
            views.get(i).intrinsics().requireValid("intrinsics " + i);
        }
    }
}
