package da3.geometry.path;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.List;

/**
 * A path away from a view along its axis and back, while the field of view widens with the distance of the focus. As in
 * the reference, an object in focus shrinks due to both; a film-maker's dolly zoom would keep its size.
 */
final class DollyZoomPath implements CameraPath {

    private static final int FRAMES = 120;

    private final int frames;
    private final double retreat;
    private final double focus;

    private DollyZoomPath(int frames, double retreat, double focus) {
        Check.atLeast("frames of a dolly zoom", 2, frames);
        this.frames = frames;
        this.retreat = retreat;
        this.focus = focus;
    }

    /** Returns a path of five seconds that retreats by 2 units from a focus at distance 30. */
    static DollyZoomPath ofFirstView() {
        return new DollyZoomPath(FRAMES, 2, 30);
    }

    /**
     * Returns a path that retreats by 0.1 units from a focus at distance 10.
     *
     * @param frames at least 2
     */
    static DollyZoomPath small(int frames) {
        return new DollyZoomPath(frames, 0.1, 10);
    }

    @Override
    public List<Camera> through(List<Camera> views) {
        CameraPath.requireViews(views, 1, "dolly_zoom");
        return from(views.get(0));
    }

    List<Camera> from(Camera view) {
        Pose pose = view.pose();
        Intrinsics k = view.intrinsics();
        List<Camera> path = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            double back = 0.5 * (1 - Math.cos(2 * Math.PI * i / (frames - 1))) * retreat;
            double widening = focus / (focus + back);
            path.add(new Camera(
                    pose.withTranslation(pose.translation().plus(new Vec3(0, 0, back))),
                    new Intrinsics(k.fx() * widening, k.fy() * widening, k.cx(), k.cy())));
        }
        return path;
    }
}
