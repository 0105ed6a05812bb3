package da3.geometry.path;

import da3.geometry.Camera;
import da3.geometry.check.Check;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Named camera paths, with the numbers of frames of the reference. Source: {@code model/gs_renderer.py} of the
 * reference.
 */
public enum Trajectory {
    /** The views themselves. */
    ORIGINAL(new OriginalPath()),
    /** The views, smoothed. */
    SMOOTH(new SmoothPath(new OriginalPath(), PoseSmoothing.RIGID)),
    /** Interpolation from view to view. */
    INTERPOLATE(new InterpolatedPath()),
    /** Interpolation from view to view, smoothed. */
    INTERPOLATE_SMOOTH(new SmoothPath(new InterpolatedPath(), PoseSmoothing.RIGID)),
    /** Smooth interpolation with a wander and a dolly zoom in the middle. */
    EXTEND(new ExtendedPath(PoseSmoothing.RIGID)),
    /** A loop around the first view. */
    WANDER(WanderPath.ofFirstView()),
    /** Away from the first view and back, with a widening field of view. */
    DOLLY_ZOOM(DollyZoomPath.ofFirstView()),
    /** Interpolation between every third view, on a circle. */
    WOBBLE_INTER(new WobblePath());

    private final CameraPath path;

    Trajectory(CameraPath path) {
        this.path = path;
    }

    /** Returns the cameras of the path; see {@link CameraPath#through}. */
    public List<Camera> through(List<Camera> views) {
        return path.through(views);
    }

    /** Returns the name on the command line, for instance {@code dolly_zoom}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the trajectory with an id.
     *
     * @throws IllegalArgumentException if the id is unknown; the message lists all ids
     */
    public static Trajectory of(String id) {
        return Arrays.stream(values())
                .filter(trajectory -> trajectory.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Check.invalid(
                        "path",
                        "one of " + Arrays.stream(values()).map(Trajectory::id).collect(Collectors.joining(", ")),
                        "'" + id + "'"));
    }
}
