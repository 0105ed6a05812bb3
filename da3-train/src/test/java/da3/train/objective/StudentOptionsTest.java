package da3.train.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StudentOptionsTest {

    private final StudentTruth truth = SmallBatch.truth();
    private final StudentPrediction prediction = SmallBatch.prediction();

    private StudentLoss evaluate(StudentWeights weights) {
        return new StudentObjective(weights, 1).evaluate(truth, prediction);
    }

    @Test
    void theQuantileFilterOmitsTheLargestLosses() {
        int outlier = 5;
        truth.mask()[outlier] = true;
        prediction.depth()[outlier] = 100;
        StudentLoss all = evaluate(StudentWeights.defaults());
        StudentLoss filtered =
                evaluate(StudentWeights.defaults().withGradient(0).withPoint(0).withDepthQuantile(0.98));
        assertThat(filtered.terms().get("depth")).isLessThan(all.terms().get("depth"));
        assertThat(filtered.gradients().depth()[outlier]).isZero();
        assertThat(filtered.gradients().depthConfidence()[outlier]).isZero();
    }

    @Test
    void rayDirectionsHaveTenTimesTheWeight() {
        StudentLoss plain = evaluate(StudentWeights.defaults());
        StudentLoss weighted = evaluate(StudentWeights.defaults().withRayDirection(10));
        double difference = weighted.total() - plain.total();
        assertThat(difference).isCloseTo(9 * plain.terms().get("ray_direction") / 2, within(1e-9));
    }

    @Test
    void theCameraTermCanOmitFirstViews() {
        prediction.poseEncoding()[0] = 50;
        StudentLoss loss = evaluate(StudentWeights.defaults().withCameraViews(CameraViews.EXCEPT_FIRST));
        assertThat(loss.terms().get("camera")).isLessThan(10);
        assertThat(Arrays.copyOf(loss.gradients().poseEncoding(), 9)).containsOnly(0);
        assertThat(loss.gradients().poseEncoding()[9]).isNotZero();
    }

    @Test
    void aTermWithoutValidElementsIsZero() {
        boolean[] mask = new boolean[truth.mask().length];
        int pixels = SmallBatch.ROWS * SmallBatch.COLUMNS;
        // Single pixels have no neighbors, and the center of no ray is on the first pixels of an image.
        mask[0] = true;
        mask[2 * pixels] = true;
        StudentTruth sparse = new StudentTruth(
                2, 2, SmallBatch.ROWS, SmallBatch.COLUMNS, truth.depth(), mask, truth.extrinsics(), truth.intrinsics());
        StudentLoss loss = new StudentObjective(StudentWeights.defaults(), 1).evaluate(sparse, prediction);
        assertThat(loss.terms().get("gradient")).isZero();
        assertThat(loss.total()).isFinite();
    }

    @Test
    void acceptsAViewWithoutDepth() {
        StudentLoss loss = new StudentObjective(StudentWeights.defaults(), 1)
                .evaluate(SmallBatch.withoutDepth(truth, 1, 2), prediction);
        assertThat(loss.total()).isFinite();
        int pixels = SmallBatch.ROWS * SmallBatch.COLUMNS;
        assertThat(Arrays.copyOfRange(loss.gradients().depth(), pixels, 2 * pixels))
                .containsOnly(0);
    }

    @Test
    void rejectsASceneWithoutDepth() {
        StudentObjective objective = new StudentObjective(StudentWeights.defaults(), 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> objective.evaluate(SmallBatch.withoutDepth(truth, 2, 4), prediction))
                .withMessage("scene 1 must have valid depth in one view at least, got none in views 0 to 1");
    }

    @Test
    void rejectsDepthThatIsNotFinite() {
        int pixel = 3 * SmallBatch.ROWS * SmallBatch.COLUMNS + 2 * SmallBatch.COLUMNS + 4;
        truth.mask()[pixel] = true;
        truth.depth()[pixel] = Float.NaN;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluate(StudentWeights.defaults()))
                .withMessage("depth of scene 1, view 1 must be finite and above 0 where it is valid, got NaN in row 2,"
                        + " column 4");
    }

    @Test
    void rejectsPosesThatAreNotFinite() {
        truth.extrinsics()[12] = Float.NaN;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluate(StudentWeights.defaults()))
                .withMessageStartingWith("pose of scene 0, view 1 ");
    }

    @Test
    void aPredictionThatIsNotFiniteShowsInTheTotal() {
        truth.mask()[0] = true;
        prediction.depth()[0] = Float.NaN;
        assertThat(evaluate(StudentWeights.defaults().withDepthQuantile(0.98)).total())
                .isNaN();
    }
}
