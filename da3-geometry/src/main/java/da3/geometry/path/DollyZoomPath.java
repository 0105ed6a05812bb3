package da3.geometry.path;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.List;

/**
 * Away from a view along its axis and back, while the lens widens as the distance of the focus grows. As the reference has
 * it: what is in focus becomes smaller twice over, where a film-maker's dolly zoom would hold its size.
 */
public final class DollyZoomPath implements CameraPath {

    private static final int FRAMES = 120;

    private final int frames;
    private final double retreat;
    private final double focus;

    private DollyZoomPath(int frames, double retreat, double focus) {
        if (frames < 2) {
            throw new IllegalArgumentException("dolly zoom of " + frames + " frames; legal: at least 2");
        }
        this.frames = frames;
        this.retreat = retreat;
        this.focus = focus;
    }

    /** Five seconds; two units away from what is 30 in front. */
    public static DollyZoomPath ofFirstView() {
        return new DollyZoomPath(FRAMES, 2, 30);
    }

    /**
     * A tenth of a unit away from what is ten in front.
     *
     * @param frames at least 2
     */
    public static DollyZoomPath small(int frames) {
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
