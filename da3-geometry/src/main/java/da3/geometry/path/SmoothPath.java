package da3.geometry.path;

import da3.geometry.Camera;
import da3.geometry.Pose;
import java.util.ArrayList;
import java.util.List;

/** Another path without its shake; the intrinsics stay. */
public final class SmoothPath implements CameraPath {

    private static final int WINDOW = 50;

    private final CameraPath rough;
    private final PoseSmoothing stabilization;

    public SmoothPath(CameraPath rough, PoseSmoothing stabilization) {
        this.rough = rough;
        this.stabilization = stabilization;
    }

    @Override
    public List<Camera> through(List<Camera> views) {
        List<Camera> cameras = rough.through(views);
        List<Pose> toWorld = stabilization.smooth(
                cameras.stream().map(camera -> camera.pose().inverse()).toList(), WINDOW);
        List<Camera> smooth = new ArrayList<>();
        for (int i = 0; i < cameras.size(); i++) {
            smooth.add(new Camera(toWorld.get(i).inverse(), cameras.get(i).intrinsics()));
        }
        return smooth;
    }
}
