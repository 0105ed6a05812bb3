package da3.geometry.path;

import da3.geometry.Camera;
import da3.geometry.Pose;
import java.util.ArrayList;
import java.util.List;

/** A path with smoothed poses and the intrinsics of the original path. */
public final class SmoothPath implements CameraPath {

    private static final int WINDOW = 50;

    private final CameraPath original;
    private final PoseSmoothing stabilization;

    /** Creates a smoothed version of a path. */
    public SmoothPath(CameraPath original, PoseSmoothing stabilization) {
        this.original = original;
        this.stabilization = stabilization;
    }

    @Override
    public List<Camera> through(List<Camera> views) {
        List<Camera> cameras = original.through(views);
        List<Pose> toWorld = stabilization.smooth(
                cameras.stream().map(camera -> camera.pose().inverse()).toList(), WINDOW);
        List<Camera> smooth = new ArrayList<>();
        for (int i = 0; i < cameras.size(); i++) {
            smooth.add(new Camera(toWorld.get(i).inverse(), cameras.get(i).intrinsics()));
        }
        return smooth;
    }
}
