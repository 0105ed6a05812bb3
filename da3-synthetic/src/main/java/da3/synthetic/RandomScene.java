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
 * A random scene with its cameras. Immutable and thread-safe.
 *
 * @param seed seed that determines everything
 * @param family kind of the scene
 * @param solids the solids of the scene; the first is the room or the ground that contains or supports all others
 * @param caster renders the views
 * @param shots cameras and exposures of the views; the first is the reference view
 */
public record RandomScene(long seed, SceneFamily family, List<Solid> solids, SolidCaster caster, List<Shot> shots) {

    /**
     * A view without an image size.
     *
     * @param pose world-to-camera, OpenCV axes
     * @param fieldOfView along the longer side of the image, radians
     * @param exposure exposure of the image
     */
    public record Shot(Pose pose, double fieldOfView, Exposure exposure) {

        /** Returns the camera of an image of this size. */
        public Camera camera(int rows, int columns) {
            double focal = Math.max(rows, columns) / (2 * StrictMath.tan(fieldOfView / 2));
            return new Camera(pose, new Intrinsics(focal, focal, columns / 2.0, rows / 2.0));
        }
    }

    public RandomScene {
        solids = List.copyOf(solids);
        shots = List.copyOf(shots);
    }

    /** Returns the number of views. */
    public int views() {
        return shots.size();
    }

    /** Returns the camera of a view with an image of this size. */
    public Camera camera(int view, int rows, int columns) {
        return shots.get(view).camera(rows, columns);
    }

    /**
     * Renders a view.
     *
     * @param view index of the view
     * @return the view with exact depth in meters; 0 for sky
     */
    public View render(int view, int rows, int columns) {
        return renderSolids(view, rows, columns).view();
    }

    /** Renders a view as {@link #render} does, with the solid that each pixel shows. */
    public SolidCaster.SolidView renderSolids(int view, int rows, int columns) {
        return caster.renderSolids(
                camera(view, rows, columns), rows, columns, shots.get(view).exposure());
    }
}
