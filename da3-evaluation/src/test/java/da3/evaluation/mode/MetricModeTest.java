package da3.evaluation.mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.evaluation.ChangedPredictor;
import da3.evaluation.EvaluationScene;
import da3.evaluation.Oracle;
import da3.evaluation.PredictedScene;
import da3.evaluation.Predictor;
import da3.evaluation.Suite;
import da3.evaluation.WallSuite;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricModeTest {

    private static final Suite WALL = new WallSuite();

    /** The truth with depth times a factor, which says of itself whether it is metric. */
    private static Predictor scaled(double factor, boolean metric) throws IOException {
        return new ChangedPredictor(
                Oracle.withDepth(WALL, depth -> depth.scaled(factor)),
                scene -> new PredictedScene(scene.views(), Optional.empty(), metric, Optional.empty()));
    }

    private static Samples measured(EvaluationScene scene, Predictor predictor, Mode mode) {
        Samples samples = new Samples();
        mode.measure(new ScenePredictions(scene, predictor, Optional::empty), samples);
        return samples;
    }

    @Test
    void aScaleCounts() throws IOException {
        EvaluationScene scene = WALL.load("wall");
        Samples near = measured(scene, scaled(1.1, true), new MetricMode());
        assertThat(near.values("metric.abs_rel")).hasSize(5);
        assertThat(near.values("metric.abs_rel")[0]).isCloseTo(0.1, within(1e-6));
        assertThat(near.values("metric.delta1")[0]).isEqualTo(1);
        assertThat(measured(scene, scaled(1.3, true), new MetricMode()).values("metric.delta1")[0])
                .isZero();
        assertThat(measured(scene, scaled(1.3, true), new MonoMode()).values("mono.abs_rel")[0])
                .isCloseTo(0, within(1e-6));
    }

    @Test
    void onlyMetersAreCompared() throws IOException {
        EvaluationScene scene = WALL.load("wall");
        assertThat(measured(scene, scaled(1, false), new MetricMode()).names()).isEmpty();
        EvaluationScene millimeters =
                new EvaluationScene(scene.id(), scene.groups(), scene.views(), scene.surface(), false);
        assertThat(measured(millimeters, scaled(1, true), new MetricMode()).names())
                .isEmpty();
    }
}
