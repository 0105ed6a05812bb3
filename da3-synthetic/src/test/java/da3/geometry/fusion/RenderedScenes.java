package da3.geometry.fusion;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.synthetic.Arc;
import da3.synthetic.CameraRig;
import da3.synthetic.RenderOptions;
import da3.synthetic.SampleScenes;
import da3.synthetic.SyntheticRenderer;
import da3.synthetic.SyntheticScene;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Renders synthetic scenes with exact or noisy depth. */
final class RenderedScenes {

    private RenderedScenes() {}

    static Scene scene(SyntheticScene world, List<Camera> cameras, int width, int height) {
        return SyntheticRenderer.scene(SyntheticRenderer.renderings(
                world, cameras, width, height, RenderOptions.defaults().withSamples(1)));
    }

    /** Returns four rings of cameras around the unit sphere. */
    static Scene sphere(int size) {
        Intrinsics lens = CameraRig.lens(size, size, 0.9);
        List<Camera> cameras = new ArrayList<>();
        for (double height : new double[] {-2.2, -0.8, 0.8, 2.2}) {
            cameras.addAll(Arc.orbit(Vec3.ZERO, Math.sqrt(7 - height * height), height, 6)
                    .cameras(lens));
        }
        return scene(SampleScenes.sphere(), cameras, size, size);
    }

    /** Returns a scene with relative Gaussian noise of this standard deviation on its depth. */
    static Scene noisy(Scene scene, double share, long seed) {
        Random random = new Random(seed);
        return withDepths(scene, depth -> (float) (depth * (1 + share * random.nextGaussian())));
    }

    /** Returns a scene without depths above a maximum. */
    static Scene within(Scene scene, double depth) {
        return withDepths(scene, z -> z > depth ? 0 : z);
    }

    /** Returns a scene that is moved by a translation. */
    static Scene moved(Scene scene, Vec3 translation) {
        List<View> views = new ArrayList<>();
        for (View view : scene.views()) {
            Camera camera = view.camera().orElseThrow();
            Pose pose = camera.pose().compose(new Pose(Mat3.IDENTITY, translation.times(-1)));
            views.add(new View(
                    view.image(), view.depth(), view.confidence(), Optional.of(new Camera(pose, camera.intrinsics()))));
        }
        return new Scene(views, scene.gaussians(), scene.metric());
    }

    static Scene withDepths(Scene scene, UnaryOperator<Float> change) {
        List<View> views = new ArrayList<>();
        for (View view : scene.views()) {
            float[] depth = view.depth().values().clone();
            for (int i = 0; i < depth.length; i++) {
                depth[i] = change.apply(depth[i]);
            }
            ScalarMap changed = new ScalarMap(view.depth().width(), view.depth().height(), depth);
            views.add(new View(view.image(), changed, view.confidence(), view.camera()));
        }
        return new Scene(views, scene.gaussians(), scene.metric());
    }
}
