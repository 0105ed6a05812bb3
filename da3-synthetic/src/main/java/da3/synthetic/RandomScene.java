package da3.synthetic;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.View;
import da3.synthetic.solid.Exposure;
import da3.synthetic.solid.Solid;
import da3.synthetic.solid.SolidCaster;
import java.util.List;

/**
 * A random place with the cameras that photograph it. Immutable; photos may be taken from several threads.
 *
 * @param seed from which all of it follows
 * @param solids what is there
 * @param caster takes the photos
 * @param shots where each view is taken and how; the first is the reference view
 */
public record RandomScene(long seed, SceneFamily family, List<Solid> solids, SolidCaster caster, List<Shot> shots) {

    /**
     * A view before its size is chosen.
     *
     * @param pose world-to-camera, OpenCV axes
     * @param fieldOfView along the image's longer side, radians
     */
    public record Shot(Pose pose, double fieldOfView, Exposure exposure) {

        /** The camera of an image of some size. */
        public Camera camera(int rows, int columns) {
            double focal = Math.max(rows, columns) / (2 * StrictMath.tan(fieldOfView / 2));
            return new Camera(pose, new Intrinsics(focal, focal, columns / 2.0, rows / 2.0));
        }
    }

    public RandomScene {
        solids = List.copyOf(solids);
        shots = List.copyOf(shots);
    }

    /** How many photos are taken. */
    public int views() {
        return shots.size();
    }

    /** The camera of a view. */
    public Camera camera(int view, int rows, int columns) {
        return shots.get(view).camera(rows, columns);
    }

    /**
     * Takes a photo.
     *
     * @param view from 0
     * @return with exact depth in meters, 0 where the sky is
     */
    public View render(int view, int rows, int columns) {
        return caster.render(
                camera(view, rows, columns), rows, columns, shots.get(view).exposure());
    }
}
