package da3.train.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TeacherObjectiveTest {

    private final TeacherTruth truth = SmallTeacherBatch.truth();
    private final List<PatchAnchors> anchors = SmallTeacherBatch.anchors();
    private final TeacherObjective objective =
            new TeacherObjective(SmallTeacherBatch.options(TeacherWeights.defaults()), 1);

    @Test
    void scaledAndShiftedTruthHasNoErrorOfDepth() {
        TeacherLoss loss = objective.evaluate(truth, SmallTeacherBatch.prediction(0.5, 2, 0), anchors);
        assertThat(loss.terms().get("global_local")).isCloseTo(0, within(1e-5));
        assertThat(loss.terms().get("gradient")).isCloseTo(0, within(1e-5));
        assertThat(loss.terms().get("normal")).isCloseTo(0, within(1e-4));
        assertThat(loss.images().get(1).scale()).isCloseTo(2, within(1e-4));
        assertThat(loss.images().get(1).shift()).isCloseTo(-4, within(1e-4));
    }

    @Test
    void anImageOfConstantDepthContributesOnlyToTheMasks() {
        TeacherPrediction prediction = SmallTeacherBatch.prediction(1, 0, 0.02);
        Arrays.fill(prediction.depth(), 0, SmallTeacherBatch.PIXELS, 2);
        TeacherLoss loss = objective.evaluate(truth, prediction, anchors);
        assertThat(loss.images().get(0).scale()).isZero();
        assertThat(loss.images().get(0).patches().get(0)).noneMatch(PatchAlignment::used);
        float[] depth = loss.gradients().depth();
        assertThat(Arrays.copyOf(depth, SmallTeacherBatch.PIXELS)).containsOnly(0);
        assertThat(loss.gradients().sky()[0]).isNotZero();
        assertThat(loss.terms().get("global")).isPositive();
    }

    @Test
    void anImageOfInvertedDepthHasAGradient() {
        TeacherPrediction prediction = SmallTeacherBatch.prediction(1, 0, 0.1);
        for (int i = 0; i < SmallTeacherBatch.PIXELS; i++) {
            prediction.depth()[i] = 10 - prediction.depth()[i];
        }
        TeacherLoss loss = objective.evaluate(truth, prediction, anchors);
        assertThat(loss.images().get(0).scale()).isPositive();
        assertThat(Arrays.copyOf(loss.gradients().depth(), SmallTeacherBatch.PIXELS))
                .isNotEqualTo(new float[SmallTeacherBatch.PIXELS]);
    }

    @Test
    void anImageWithoutTruthIsAccepted() {
        Arrays.fill(truth.mask(), 0, SmallTeacherBatch.PIXELS, false);
        List<PatchAnchors> drawn = PatchAnchors.draw(truth, SmallTeacherBatch.LEVELS, new Random(1));
        TeacherLoss loss = objective.evaluate(truth, SmallTeacherBatch.prediction(1, 0, 0.1), drawn);
        assertThat(loss.total()).isFinite();
        assertThat(loss.images().get(0).patches().get(0)).allMatch(patch -> patch.points() == 0);
    }

    @Test
    void aPredictionThatIsNotFiniteShowsInTheTotal() {
        TeacherPrediction prediction = SmallTeacherBatch.prediction(1, 0, 0.1);
        int pixel = SmallTeacherBatch.COLUMNS + 1;
        truth.mask()[pixel] = true;
        prediction.depth()[pixel] = Float.NaN;
        assertThat(objective.evaluate(truth, prediction, anchors).total()).isNaN();
    }

    @Test
    void detachedAlignmentsChangeOnlyTheGradient() {
        TeacherPrediction prediction = SmallTeacherBatch.prediction(1, 0, 0.1);
        TeacherOptions detached =
                SmallTeacherBatch.options(TeacherWeights.defaults()).withAlignmentGradient(AlignmentGradient.DETACHED);
        TeacherLoss flowing = objective.evaluate(truth, prediction, anchors);
        TeacherLoss constant = new TeacherObjective(detached, 1).evaluate(truth, prediction, anchors);
        assertThat(constant.terms()).isEqualTo(flowing.terms());
        assertThat(constant.gradients().depth())
                .isNotEqualTo(flowing.gradients().depth());
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBytes() {
        TeacherPrediction prediction = SmallTeacherBatch.prediction(1, 0, 0.1);
        TeacherLoss one = objective.evaluate(truth, prediction, anchors);
        TeacherLoss three = new TeacherObjective(SmallTeacherBatch.options(TeacherWeights.defaults()), 3)
                .evaluate(truth, prediction, anchors);
        assertThat(three.terms()).isEqualTo(one.terms());
        assertThat(three.gradients().depth()).isEqualTo(one.gradients().depth());
    }

    @Test
    void anchorsAreValidPixels() {
        int[] pixels = anchors.get(0).pixels();
        for (int i = 0; i < pixels.length; i++) {
            assertThat(truth.mask()[i / 3 * SmallTeacherBatch.PIXELS + pixels[i]])
                    .isTrue();
        }
    }

    @Test
    void rejectsAnchorsOfOtherLevels() {
        TeacherPrediction prediction = SmallTeacherBatch.prediction(1, 0, 0.1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> objective.evaluate(truth, prediction, List.of()))
                .withMessage("images x patches of anchors must be [2x3], got []");
    }

    @Test
    void rejectsDepthThatIsNotPositive() {
        truth.mask()[14] = true;
        truth.depth()[14] = 0;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> objective.evaluate(truth, SmallTeacherBatch.prediction(1, 0, 0.1), anchors))
                .withMessage(
                        "depth of image 0 must be finite and above 0 where it is valid, got 0.0 in row 1, column 2");
    }

    @Test
    void unknownObjectsHaveNoTerm() {
        TeacherTruth known = SmallTeacherBatch.truth();
        TeacherTruth unknown = new TeacherTruth(
                known.images(),
                known.rows(),
                known.columns(),
                known.depth(),
                known.mask(),
                known.intrinsics(),
                known.sky(),
                null);
        TeacherLoss loss = new TeacherObjective(SmallTeacherBatch.options(TeacherWeights.defaults()), 1)
                .evaluate(unknown, SmallTeacherBatch.prediction(2, 1, 0.1), SmallTeacherBatch.anchors());
        assertThat(loss.terms().get("object")).isZero();
        assertThat(loss.gradients().object()).containsOnly(0);
    }
}
