package da3.evaluation.mode;

import da3.evaluation.EvaluationScene;
import da3.evaluation.PredictedScene;
import da3.geometry.Camera;
import da3.geometry.DegenerateGeometryException;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Sim3;
import da3.geometry.View;
import da3.geometry.align.Umeyama;
import da3.geometry.align.UmeyamaRansac;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings predicted cameras and depth into the frame and unit of the true cameras. */
final class SceneAlignment {

    private static final long SEED = 42; // of the subsets of cameras that are tried

    private SceneAlignment() {}

    /** Returns whether cameras determine an alignment: at least three, whose centers are not on a line. */
    static boolean isDetermined(List<Camera> truth) {
        try {
            Umeyama.align(poses(truth), poses(truth));
            return true;
        } catch (DegenerateGeometryException e) {
            return false;
        }
    }

    /**
     * Returns the similarity from the frame of predicted cameras to that of the true ones; empty if the predicted ones
     * determine none.
     */
    static Optional<Sim3> of(List<Camera> truth, List<Camera> predicted) {
        try {
            int[][] subsets = UmeyamaRansac.subsets(truth.size(), SEED);
            Sim3 alignment = UmeyamaRansac.align(poses(truth), poses(predicted), subsets);
            return alignment.scale() > 0 && Double.isFinite(alignment.scale())
                    ? Optional.of(alignment)
                    : Optional.empty();
        } catch (DegenerateGeometryException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns views to fuse: predicted depth in the unit of the truth, 0 where the true depth is unknown, with the
     * aligned cameras or the true ones; no views if the prediction cannot be aligned.
     *
     * @param scene a scene with cameras
     * @param predicted a prediction with cameras
     * @param posed whether the true cameras are used
     */
    static List<View> views(EvaluationScene scene, PredictedScene predicted, boolean posed) {
        List<Camera> truth = scene.cameras().orElseThrow();
        Optional<Sim3> alignment = of(truth, predicted.cameras().orElseThrow());
        List<View> views = new ArrayList<>();
        if (alignment.isPresent()) {
            for (int v = 0; v < truth.size(); v++) {
                View view = predicted.views().get(v);
                Camera camera = posed ? truth.get(v) : aligned(view.camera().orElseThrow(), alignment.get());
                ScalarMap depth = masked(view.depth(), scene.views().get(v).depth())
                        .scaled(alignment.get().scale());
                views.add(new View(scene.images().get(v), depth, Optional.empty(), Optional.of(camera)));
            }
        }
        return views;
    }

    private static Camera aligned(Camera camera, Sim3 alignment) {
        return new Camera(alignment.applyToPose(camera.pose()), camera.intrinsics());
    }

    /** Returns depth that is 0 where the true depth is unknown. A view without any true depth is unchanged. */
    private static ScalarMap masked(ScalarMap depth, ScalarMap truth) {
        float[] masked = depth.values().clone();
        boolean known = false;
        for (int i = 0; i < masked.length; i++) {
            if (truth.values()[i] > 0) {
                known = true;
            } else {
                masked[i] = 0;
            }
        }
        return known ? new ScalarMap(depth.width(), depth.height(), masked) : depth;
    }

    private static List<Pose> poses(List<Camera> cameras) {
        return cameras.stream().map(Camera::pose).toList();
    }
}
