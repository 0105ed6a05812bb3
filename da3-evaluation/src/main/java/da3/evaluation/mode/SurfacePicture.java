package da3.evaluation.mode;

import da3.evaluation.EvaluationScene;
import da3.evaluation.PredictedScene;
import da3.evaluation.SurfaceProtocol;
import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Pose;
import da3.geometry.TriangleMesh;
import da3.geometry.fusion.MeshRenderer;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.Optional;

/** Draws surfaces from behind and above the first camera: fused from the true depth, and from a prediction. */
public final class SurfacePicture {

    // Fractions of the mean depth
    private static final double BEHIND = 0.35;
    private static final double ABOVE = 0.25;

    private SurfacePicture() {}

    /**
     * Returns the surface of the true depth on the left and that of the prediction for all views on the right, which is
     * empty if the prediction cannot be aligned; no picture if the scene or the prediction has nothing to fuse, or if the
     * protocol of the scene compares points only.
     */
    public static Optional<Image> of(ScenePredictions predictions) {
        EvaluationScene scene = predictions.scene();
        PredictedScene predicted = predictions.together();
        boolean drawn = scene.surface().isPresent()
                && scene.cameras().filter(SceneAlignment::isDetermined).isPresent()
                && predicted.cameras().isPresent()
                && DepthErrors.areComparable(predicted.views(), scene.views());
        if (!drawn) {
            return Optional.empty();
        }
        SurfaceProtocol protocol = predictions.protocol();
        return protocol.mesh(scene.views())
                .flatMap(truth -> protocol.mesh(SceneAlignment.views(scene, predicted, false))
                        .map(mesh -> picture(truth, scene).appendRight(picture(mesh, scene))));
    }

    private static Image picture(TriangleMesh mesh, EvaluationScene scene) {
        Image like = scene.images().get(0);
        Camera first = scene.cameras().orElseThrow().get(0);
        return MeshRenderer.of(mesh, movedBack(first, scene.meanDepth().orElseThrow()), like.width(), like.height());
    }

    /** Returns a camera behind and above another one that looks at what is at the mean depth before that one. */
    private static Camera movedBack(Camera camera, double meanDepth) {
        double above = ABOVE * meanDepth;
        double ahead = (1 + BEHIND) * meanDepth;
        double distance = Math.hypot(above, ahead);
        double c = ahead / distance;
        double s = above / distance;
        Mat3 down = new Mat3(1, 0, 0, 0, c, -s, 0, s, c);
        Pose moved = new Pose(down, down.times(new Vec3(0, above, BEHIND * meanDepth)));
        return new Camera(moved.compose(camera.pose()), camera.intrinsics());
    }
}
