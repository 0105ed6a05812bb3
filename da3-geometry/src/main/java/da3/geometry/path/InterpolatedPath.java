package da3.geometry.path;

import da3.geometry.Camera;
import java.util.ArrayList;
import java.util.List;

/**
 * A path from view to view that accelerates and decelerates smoothly at each view. It has eight frames per pair of
 * views at 24 frames per second; more if the path would take less than 2 seconds, and fewer (for 10 seconds in total)
 * if it would take more than 18.
 */
public final class InterpolatedPath implements CameraPath {

    private static final int FRAMES_PER_PAIR = 8;
    private static final int RATE = 24;

    @Override
    public List<Camera> through(List<Camera> views) {
        CameraPath.requireViews(views, 2, "interpolate");
        int frames = framesPerPair(views.size() - 1);
        if (frames <= 2) {
            return List.copyOf(views);
        }
        List<Camera> path = new ArrayList<>();
        for (int pair = 0; pair < views.size() - 1; pair++) {
            Camera from = views.get(pair);
            Camera to = views.get(pair + 1);
            PivotInterpolation poses =
                    new PivotInterpolation(from.pose().inverse(), to.pose().inverse());
            for (int i = pair == 0 ? 0 : 1; i < frames; i++) {
                double t = 0.5 * (1 - Math.cos(Math.PI * i / (frames - 1)));
                path.add(new Camera(
                        poses.at(t).inverse(), PivotInterpolation.between(from.intrinsics(), to.intrinsics(), t)));
            }
        }
        return path;
    }

    private static int framesPerPair(int pairs) {
        if (pairs * FRAMES_PER_PAIR > 18 * RATE) {
            return Math.max(1, 10 * RATE / pairs);
        }
        return pairs * FRAMES_PER_PAIR < 2 * RATE ? Math.max(1, 2 * RATE / pairs) : FRAMES_PER_PAIR;
    }
}
