package da3.geometry.path;

import da3.geometry.Camera;
import java.util.ArrayList;
import java.util.List;

/** From view to view, smoothed; half way it stops for a wander and a small dolly zoom. */
public final class ExtendedPath implements CameraPath {

    private static final int SHORTEST = 36;
    private static final int LONGEST = 60;

    private final CameraPath interpolated;

    public ExtendedPath(PoseSmoothing stabilization) {
        this.interpolated = new SmoothPath(new InterpolatedPath(), stabilization);
    }

    @Override
    public List<Camera> through(List<Camera> views) {
        CameraPath.requireViews(views, 2, "extend");
        List<Camera> way = interpolated.through(views);
        int half = way.size() / 2;
        int frames = Math.max(SHORTEST, Math.min(LONGEST, half / 2));
        List<Camera> path = new ArrayList<>(way.subList(0, half));
        path.addAll(WanderPath.of(frames).around(way.get(half)));
        path.addAll(DollyZoomPath.small(frames).from(way.get(half)));
        path.addAll(way.subList(half, way.size()));
        return path;
    }
}
