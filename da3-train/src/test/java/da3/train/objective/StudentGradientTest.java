package da3.train.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares gradients with central differences, for each option alone and all together. */
class StudentGradientTest {

    private static final float STEP = 1e-4f;

    static Stream<StudentWeights> options() {
        StudentWeights defaults = StudentWeights.defaults();
        return Stream.of(
                defaults,
                defaults.withDepth(3),
                defaults.withRayDirection(10),
                defaults.withRayOrigin(4),
                defaults.withPoint(5),
                defaults.withCamera(2),
                defaults.withGradient(0.25),
                defaults.withConfidence(0),
                defaults.withDepthQuantile(0.9),
                defaults.withCameraViews(CameraViews.EXCEPT_FIRST),
                defaults.withRayDirection(10)
                        .withDepthQuantile(0.8)
                        .withGradient(2)
                        .withCameraViews(CameraViews.EXCEPT_FIRST));
    }

    @ParameterizedTest
    @MethodSource("options")
    void gradientsAgreeWithCentralDifferences(StudentWeights weights) {
        StudentObjective objective = new StudentObjective(weights, 1);
        StudentTruth truth = SmallBatch.truth();
        StudentPrediction prediction = SmallBatch.prediction();
        StudentPrediction gradients = objective.evaluate(truth, prediction).gradients();
        check(objective, truth, prediction, StudentPrediction::depth, gradients.depth());
        check(objective, truth, prediction, StudentPrediction::depthConfidence, gradients.depthConfidence());
        check(objective, truth, prediction, StudentPrediction::ray, gradients.ray());
        check(objective, truth, prediction, StudentPrediction::poseEncoding, gradients.poseEncoding());
    }

    private static void check(
            StudentObjective objective,
            StudentTruth truth,
            StudentPrediction prediction,
            Function<StudentPrediction, float[]> part,
            float[] gradient) {
        float[] values = part.apply(prediction);
        int kinks = 0;
        for (int i = 0; i < values.length; i++) {
            float value = values[i];
            double here = objective.evaluate(truth, prediction).total();
            values[i] = value + STEP;
            double above = objective.evaluate(truth, prediction).total();
            double right = (above - here) / ((double) values[i] - value);
            values[i] = value - STEP;
            double below = objective.evaluate(truth, prediction).total();
            double left = (here - below) / ((double) value - values[i]);
            values[i] = value;
            // The objective has kinks; where the one-sided slopes differ, the step contains one.
            if (Math.abs(right - left) > 1e-5) {
                kinks++;
                continue;
            }
            assertThat((double) gradient[i]).isCloseTo((right + left) / 2, within(1e-5));
        }
        assertThat(kinks).isLessThan(1 + values.length / 50);
    }
}
