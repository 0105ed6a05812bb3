package da3.geometry.path;

import da3.geometry.Camera;
import java.util.ArrayList;
import java.util.List;

/** A smooth path from view to view, with a wander and a small dolly zoom in the middle. */
public final class ExtendedPath implements CameraPath {

    private static final int MIN_FRAMES = 36;
    private static final int MAX_FRAMES = 60;

    private final CameraPath interpolated;

    public ExtendedPath(PoseSmoothing stabilization) {
        this.interpolated = new SmoothPath(new InterpolatedPath(), stabilization);
    }

    @Override
    public List<Camera> through(List<Camera> views) {
        CameraPath.requireViews(views, 2, "extend");
        List<Camera> base = interpolated.through(views);
        int half = base.size() / 2;
        int frames = Math.max(MIN_FRAMES, Math.min(MAX_FRAMES, half / 2));
        List<Camera> path = new ArrayList<>(base.subList(0, half));
        path.addAll(WanderPath.of(frames).around(base.get(half)));
        path.addAll(DollyZoomPath.small(frames).from(base.get(half)));
        path.addAll(base.subList(half, base.size()));
        return path;
    }
}
