package da3.geometry.path;

import da3.geometry.Camera;
import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.List;

/**
 * A loop around a view without rotation. It begins and ends at the view, is widest horizontally, and shifts objects at
 * distance 1 by a given number of pixels.
 */
final class WanderPath implements CameraPath {

    private static final int FRAMES = 120;
    private static final double SHIFT = 24;

    private final int frames;
    private final double shift;

    private WanderPath(int frames, double shift) {
        Check.atLeast("frames of a wander", 2, frames);
        this.frames = frames;
        this.shift = shift;
    }

    /** Returns a loop of five seconds. */
    static WanderPath ofFirstView() {
        return new WanderPath(FRAMES, SHIFT);
    }

    /**
     * Returns a loop with two additional frames at the view itself.
     *
     * @param frames frames of the loop, at least 2
     */
    static WanderPath of(int frames) {
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
            Vec3 offset = new Vec3(-radius * Math.sin(angle), depth, depth);
            path.add(new Camera(pose.withTranslation(pose.translation().minus(offset)), view.intrinsics()));
        }
        path.add(view);
        return path;
    }
}
