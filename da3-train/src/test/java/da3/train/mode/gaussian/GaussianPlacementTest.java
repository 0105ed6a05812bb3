package da3.train.mode.gaussian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.Pose;
import da3.geometry.PoseEncoding;
import da3.geometry.math.Vec3;
import da3.train.config.GaussianGeometry;
import da3.train.data.PlaneScenes;
import da3.train.data.TrainingScene;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GaussianPlacementTest {

    private static final double UNIT = 0.5; // units of the network in one unit of the truth

    private static final TrainingScene SCENE = new PlaneScenes(1, 4, 28, 42).read(0);

    /** A held-out view sees the surface at its place, in the unit of the network. */
    @ParameterizedTest
    @EnumSource
    void heldOutCamerasAreInTheFrameOfTheNetwork(GaussianGeometry geometry) {
        HeldOutViews views = HeldOutViews.of(SCENE, 1);
        float[] depth = views.inputs().depth().clone();
        List<Camera> scaled = new ArrayList<>();
        for (int i = 0; i < depth.length; i++) {
            depth[i] *= (float) UNIT;
        }
        for (int view = 0; view < views.inputs().views(); view++) {
            scaled.add(scaled(SCENE.camera(view)));
        }
        float[] encodings = PoseEncoding.ofAll(scaled, SCENE.rows(), SCENE.columns());
        GaussianPlacement placed = GaussianPlacement.of(geometry, views.inputs(), depth, encodings);
        assertThat(placed.cameras()).hasSize(3);
        assertClose(placed.cameras().get(2).pose(), scaled.get(2).pose());
        assertThat(placed.depths().get(1).values()[5]).isCloseTo(depth[28 * 42 + 5], within(1e-4f));
        Camera target = views.targets(placed).get(0).camera();
        assertClose(target.pose(), scaled(SCENE.camera(3)).pose());
        assertThat(target.intrinsics()).isEqualTo(SCENE.camera(3).intrinsics());
    }

    private static Camera scaled(Camera camera) {
        Pose pose = camera.pose();
        return new Camera(pose.withTranslation(pose.translation().times(UNIT)), camera.intrinsics());
    }

    private static void assertClose(Pose actual, Pose expected) {
        Vec3 point = new Vec3(0.3, -0.2, 1);
        assertThat(actual.transform(point).minus(expected.transform(point)).norm())
                .isLessThan(1e-3);
    }

    @Test
    void knownDepthKeepsPredictionsWhereTheTruthIsUnknown() {
        TrainingScene inputs = HeldOutViews.of(SCENE, 1).inputs();
        float[] predicted = inputs.depth().clone();
        float[] truth = inputs.depth().clone();
        truth[7] = 0;
        predicted[7] = 9;
        predicted[8] = 9;
        TrainingScene sky = new TrainingScene(
                inputs.views(),
                inputs.rows(),
                inputs.columns(),
                inputs.rgb(),
                truth,
                inputs.extrinsics(),
                inputs.intrinsics());
        float[] placed = GaussianPlacement.of(GaussianGeometry.KNOWN_DEPTH, sky, predicted, new float[0])
                .depths()
                .get(0)
                .values();
        assertThat(placed[7]).isEqualTo(9);
        assertThat(placed[8]).isCloseTo(truth[8], within(1e-2f));
    }
}
