package da3.geometry.path;

import da3.geometry.Camera;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The paths by name. Source: the reference's {@code model/gs_renderer.py}, whose numbers of frames these are. */
public enum Trajectory {
    /** The views themselves. */
    ORIGINAL(new OriginalPath()),
    /** The views, their shake smoothed away. */
    SMOOTH(new SmoothPath(new OriginalPath(), PoseSmoothing.RIGID)),
    /** From view to view. */
    INTERPOLATE(new InterpolatedPath()),
    /** From view to view, smoothed. */
    INTERPOLATE_SMOOTH(new SmoothPath(new InterpolatedPath(), PoseSmoothing.RIGID)),
    /** As that, with a wander and a dolly zoom half way. */
    EXTEND(new ExtendedPath(PoseSmoothing.RIGID)),
    /** Around the first view. */
    WANDER(WanderPath.ofFirstView()),
    /** Away from the first view and back, with the lens widening. */
    DOLLY_ZOOM(DollyZoomPath.ofFirstView()),
    /** From every third view to the next but two, in circles. */
    WOBBLE_INTER(new WobblePath());

    private final CameraPath path;

    Trajectory(CameraPath path) {
        this.path = path;
    }

    /** {@link CameraPath#through}. */
    public List<Camera> through(List<Camera> views) {
        return path.through(views);
    }

    /** As on the command line, for instance {@code dolly_zoom}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for an unknown name; the message lists the legal ones */
    public static Trajectory of(String id) {
        return Arrays.stream(values())
                .filter(trajectory -> trajectory.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown path '" + id + "'; legal: "
                        + Arrays.stream(values()).map(Trajectory::id).collect(Collectors.joining(", "))));
    }
}
