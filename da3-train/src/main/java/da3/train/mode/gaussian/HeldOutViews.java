package da3.train.mode.gaussian;

import da3.geometry.Camera;
import da3.geometry.ScalarMap;
import da3.train.data.TrainingScene;
import da3.train.objective.RenderTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A scene whose last views the network does not see.
 *
 * @param inputs views that the network sees
 * @param heldOut views that its Gaussians are rendered for
 */
record HeldOutViews(TrainingScene inputs, TrainingScene heldOut) {

    /** @param count number of held-out views, below the number of views of the scene */
    static HeldOutViews of(TrainingScene scene, int count) {
        int inputs = scene.views() - count;
        return new HeldOutViews(
                scene.subset(IntStream.range(0, inputs).toArray()),
                scene.subset(IntStream.range(inputs, scene.views()).toArray()));
    }

    /** Returns the held-out views in the frame of the network. */
    List<RenderTarget> targets(GaussianPlacement placed) {
        int pixels = heldOut.rows() * heldOut.columns();
        List<RenderTarget> targets = new ArrayList<>();
        for (int view = 0; view < heldOut.views(); view++) {
            Camera truth = heldOut.camera(view);
            float[] rgb = new float[3 * pixels];
            for (int i = 0; i < rgb.length; i++) {
                rgb[i] = (heldOut.rgb()[3 * pixels * view + i] & 0xff) / 255f;
            }
            // the depth loss does not depend on the unit
            float[] depth = Arrays.copyOfRange(heldOut.depth(), view * pixels, (view + 1) * pixels);
            targets.add(new RenderTarget(
                    new Camera(placed.toNetwork().apply(truth.pose()), truth.intrinsics()),
                    rgb,
                    new ScalarMap(heldOut.columns(), heldOut.rows(), depth)));
        }
        return targets;
    }
}
