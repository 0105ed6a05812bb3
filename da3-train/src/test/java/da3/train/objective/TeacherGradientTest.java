package da3.train.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Compares gradients with central differences. */
class TeacherGradientTest {

    private static final float STEP = 2e-5f;
    private static final int STRIDE = 3; // between the values that are checked

    private final TeacherTruth truth = SmallTeacherBatch.truth();
    private final TeacherPrediction prediction = SmallTeacherBatch.prediction(0.7, -0.3, 0.05);

    @Test
    void theGlobalAndLocalTermsFlowThroughTheirAlignments() {
        List<PatchAnchors> anchors = SmallTeacherBatch.anchors();
        TeacherObjective objective =
                new TeacherObjective(SmallTeacherBatch.options(new TeacherWeights(0, 1, 0, 0, 0)), 1);
        TeacherLoss loss = objective.evaluate(truth, prediction, anchors);
        assertThat(loss.images().get(0).patches().get(0)).anyMatch(PatchAlignment::used);
        check(prediction.depth(), loss.gradients().depth(), changed -> objective
                .evaluate(truth, prediction, anchors)
                .total());
    }

    @Test
    void theNormalTermTreatsTheAlignmentAsConstant() {
        RoeAlignment alignment = new RoeAlignment(1.4, 0.4, -1, -1);
        NormalTerm term = new NormalTerm(truth, 3, 1);
        double[] gradient = new double[SmallTeacherBatch.PIXELS];
        term.add(ImageDepths.of(truth, prediction, 0), alignment, gradient);
        float[] gradients = new float[gradient.length];
        for (int i = 0; i < gradients.length; i++) {
            gradients[i] = (float) gradient[i];
        }
        check(
                prediction.depth(),
                gradients,
                changed -> 3 * term.add(ImageDepths.of(truth, prediction, 0), alignment, gradient.clone()));
    }

    @Test
    void theGradientTermScalesThePredictedDifferences() {
        GradientTerm term = new GradientTerm(
                truth.rows(),
                truth.columns(),
                truth.mask(),
                truth.depth(),
                prediction.depth(),
                2,
                ValidCounts.of(truth, 1));
        double[] gradient = new double[SmallTeacherBatch.PIXELS];
        term.add(0, 1.4, gradient);
        float[] gradients = new float[gradient.length];
        for (int i = 0; i < gradients.length; i++) {
            gradients[i] = (float) gradient[i];
        }
        check(prediction.depth(), gradients, changed -> 2 * term.add(0, 1.4, gradient.clone()));
    }

    @Test
    void theScaleTermPullsTheMeanDepthToOne() {
        TeacherPrediction positive = SmallTeacherBatch.prediction(0.7, 5, 0.05);
        TeacherObjective objective =
                new TeacherObjective(SmallTeacherBatch.options(new TeacherWeights(0, 0, 0, 0, 0, 2)), 1);
        List<PatchAnchors> anchors = SmallTeacherBatch.anchors();
        TeacherLoss loss = objective.evaluate(truth, positive, anchors);
        assertThat(loss.total()).isGreaterThan(1);
        check(positive.depth(), loss.gradients().depth(), changed -> objective
                .evaluate(truth, positive, anchors)
                .total());
    }

    @Test
    void theScaleTermIsZeroForAMeanOfOneAndWithoutDepth() {
        ScaleTerm term = new ScaleTerm(2, 1);
        boolean[] mask = {true, true, false};
        double[] gradient = new double[3];
        assertThat(term.add(depths(mask, 0.5, 1.5, 7), gradient)).isZero();
        assertThat(term.add(depths(new boolean[3], 3, 3, 3), gradient)).isZero();
        assertThat(gradient).containsOnly(0);
        assertThat(term.add(depths(mask, 0, 2 * Math.E, 7), gradient)).isCloseTo(1, within(1e-12));
        assertThat(gradient[2]).isZero();
    }

    private static ImageDepths depths(boolean[] mask, double... predicted) {
        return new ImageDepths(1, predicted.length, mask, new double[predicted.length], predicted, null);
    }

    @Test
    void masksHaveTheGradientOfASquaredError() {
        TeacherObjective objective =
                new TeacherObjective(SmallTeacherBatch.options(new TeacherWeights(0, 0, 0, 3, 2)), 1);
        List<PatchAnchors> anchors = SmallTeacherBatch.anchors();
        TeacherLoss loss = objective.evaluate(truth, prediction, anchors);
        ToDoubleFunction<float[]> total =
                changed -> objective.evaluate(truth, prediction, anchors).total();
        check(prediction.sky(), loss.gradients().sky(), total);
        check(prediction.object(), loss.gradients().object(), total);
    }

    private static void check(float[] values, float[] gradient, ToDoubleFunction<float[]> total) {
        int kinks = 0;
        for (int i = 0; i < gradient.length; i += STRIDE) {
            float value = values[i];
            double here = total.applyAsDouble(values);
            values[i] = value + STEP;
            double right = (total.applyAsDouble(values) - here) / ((double) values[i] - value);
            values[i] = value - STEP;
            double left = (here - total.applyAsDouble(values)) / ((double) value - values[i]);
            values[i] = value;
            // The objective has kinks; where the one-sided slopes differ, the step contains one.
            if (Math.abs(right - left) > 1e-3) {
                kinks++;
                continue;
            }
            assertThat((double) gradient[i]).isCloseTo((right + left) / 2, within(1e-4));
        }
        assertThat(kinks).isLessThan(1 + gradient.length / STRIDE / 20);
    }
}
