package da3.evaluation.mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.evaluation.EvaluationScene;
import da3.evaluation.Oracle;
import da3.evaluation.Suite;
import da3.evaluation.WallSuite;
import da3.geometry.Camera;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PoseModeTest {

    private static final Suite WALL = new WallSuite();

    private static Samples measured(EvaluationScene scene, Oracle oracle) {
        Samples samples = new Samples();
        new PoseMode().measure(new ScenePredictions(scene, oracle, Optional::empty), samples);
        return samples;
    }

    /** Returns the scene with cameras whose baselines are 1 % of what they were, which is less than 5 % of the depth. */
    private static EvaluationScene withShortBaselines(boolean withDepth) throws IOException {
        EvaluationScene wall = WALL.load("wall");
        List<View> views = wall.views().stream()
                .map(view -> new View(
                        view.image(),
                        withDepth ? view.depth() : unknown(view.depth()),
                        Optional.empty(),
                        view.camera().map(camera -> closer(camera, 0.01))))
                .toList();
        return new EvaluationScene("wall", wall.groups(), views);
    }

    private static ScalarMap unknown(ScalarMap like) {
        return new ScalarMap(like.width(), like.height(), new float[like.values().length]);
    }

    private static Camera closer(Camera camera, double factor) {
        return new Camera(
                camera.pose().withTranslation(camera.pose().translation().times(factor)), camera.intrinsics());
    }

    /** All predicted cameras move against the true motion. */
    @Test
    void withoutKnownDepthTheDirectionOfEveryTranslationCounts() throws IOException {
        Oracle opposite = Oracle.withLaterCameras(WALL, camera -> closer(camera, -1));
        assertThat(measured(withShortBaselines(true), opposite).values("pose.head.direction"))
                .isEmpty();
        EvaluationScene posesOnly = withShortBaselines(false);
        assertThat(posesOnly.meanDepth()).isEmpty();
        Samples samples = measured(posesOnly, opposite);
        int pairs = posesOnly.views().size() * (posesOnly.views().size() - 1) / 2;
        assertThat(samples.values("pose.head.direction")).hasSize(pairs).contains(new double[] {180}, within(1e-9));
        assertThat(samples.values("pose.head.worst")).hasSize(pairs).contains(new double[] {180}, within(1e-9));
    }

    @Test
    void camerasInOnePlaceHaveNoDirectionOfTranslation() throws IOException {
        EvaluationScene wall = withShortBaselines(false);
        View first = wall.views().get(0);
        EvaluationScene still = new EvaluationScene("wall", wall.groups(), List.of(first, first, first));
        Samples samples = measured(still, Oracle.of(WALL));
        assertThat(samples.values("pose.head.direction")).isEmpty();
        assertThat(samples.values("pose.head.worst")).containsExactly(0, 0, 0);
    }
}
