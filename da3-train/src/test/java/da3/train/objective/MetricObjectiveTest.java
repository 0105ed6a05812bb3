package da3.train.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MetricObjectiveTest {

    private static final float STEP = 2e-3f;

    private final TeacherTruth truth = SmallTeacherBatch.truth();
    private final MetricObjective objective = new MetricObjective(MetricWeights.defaults(), 1);

    @Test
    void theTruthIsScaledToTheCanonicalFocalLength() {
        float[] canonical = truth.depth().clone();
        for (int i = 0; i < canonical.length; i++) {
            // focal lengths of 8.5, the mean of fx and fy, and of 11
            canonical[i] *= i < SmallTeacherBatch.PIXELS ? 300 / 8.5f : 300 / 11f;
        }
        float[] sky = new float[canonical.length];
        for (int i = 0; i < sky.length; i++) {
            sky[i] = truth.sky()[i] ? 1 : 0;
        }
        MetricLoss loss = objective.evaluate(
                truth,
                new TeacherPrediction(
                        2, SmallTeacherBatch.ROWS, SmallTeacherBatch.COLUMNS, canonical, sky, new float[sky.length]));
        assertThat(loss.total()).isLessThan(1e-5);
    }

    @Test
    void aFactorOnDepthCostsItsLogarithm() {
        TeacherPrediction prediction = SmallTeacherBatch.prediction(2, 0, 0);
        float[] depth = prediction.depth();
        MetricLoss once = objective.evaluate(truth, prediction);
        for (int i = 0; i < depth.length; i++) {
            depth[i] *= 0.5f;
        }
        MetricLoss half = objective.evaluate(truth, prediction);
        assertThat(half.terms().get("depth") - once.terms().get("depth")).isCloseTo(Math.log(2), within(1e-5));
        assertThat(half.terms().get("gradient")).isCloseTo(once.terms().get("gradient"), within(1e-5));
    }

    @Test
    void theGradientMatchesFiniteDifferences() {
        TeacherPrediction prediction = SmallTeacherBatch.prediction(1, 0, 0.2);
        float[] depth = prediction.depth();
        float[] gradient = objective.evaluate(truth, prediction).gradients().depth();
        int kinks = 0;
        for (int i = 0; i < depth.length; i += 5) {
            float value = depth[i];
            double here = objective.evaluate(truth, prediction).total();
            depth[i] = value + STEP;
            double right = (objective.evaluate(truth, prediction).total() - here) / STEP;
            depth[i] = value - STEP;
            double left = (here - objective.evaluate(truth, prediction).total()) / STEP;
            depth[i] = value;
            if (Math.abs(right - left) > 5e-4) { // an absolute value is 0 within the step
                kinks++;
                continue;
            }
            assertThat((double) gradient[i]).isCloseTo((right + left) / 2, within(2e-4));
        }
        assertThat(kinks).isLessThan(4);
    }

    @Test
    void unknownDepthHasNoGradient() {
        float[] gradient = objective
                .evaluate(truth, SmallTeacherBatch.prediction(1, 0, 0.2))
                .gradients()
                .depth();
        for (int i = 0; i < gradient.length; i++) {
            assertThat(truth.mask()[i] || gradient[i] == 0).isTrue();
        }
        assertThat(Arrays.equals(gradient, new float[gradient.length])).isFalse();
    }
}
