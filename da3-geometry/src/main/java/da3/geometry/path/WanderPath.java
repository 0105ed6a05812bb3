package da3.geometry.path;

import da3.geometry.Camera;
import da3.geometry.Pose;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.List;

/**
 * Around a view, without turning: a loop that is widest across, begins and ends at the view, and shifts what is at
 * distance 1 by a given number of pixels.
 */
public final class WanderPath implements CameraPath {

    private static final int FRAMES = 120;
    private static final double SHIFT = 24;

    private final int frames;
    private final double shift;

    private WanderPath(int frames, double shift) {
        if (frames < 2) {
            throw new IllegalArgumentException("wander of " + frames + " frames; legal: at least 2");
        }
        this.frames = frames;
        this.shift = shift;
    }

    /** Five seconds. */
    public static WanderPath ofFirstView() {
        return new WanderPath(FRAMES, SHIFT);
    }

    /** @param frames of the loop, at least 2; there are two more, at the view itself */
    public static WanderPath of(int frames) {
        return new WanderPath(frames, SHIFT);
    }

    @Override
    public List<Camera> through(List<Camera> views) {
        CameraPath.requireViews(views, 1, "wander");
        return around(views.get(0));
    }

    List<Camera> around(Camera view) {
        Pose pose = view.pose();
        double radius = shift / view.intrinsics().fx();
        List<Camera> path = new ArrayList<>();
        path.add(view);
        for (int i = 0; i < frames; i++) {
            double angle = 2 * Math.PI * i / (frames - 1);
            double depth = -radius * Math.cos(angle) / 3;
            Vec3 place = new Vec3(-radius * Math.sin(angle), depth, depth);
            path.add(new Camera(pose.withTranslation(pose.translation().minus(place)), view.intrinsics()));
        }
        path.add(view);
        return path;
    }
}
