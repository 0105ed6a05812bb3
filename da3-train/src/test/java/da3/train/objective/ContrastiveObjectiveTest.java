package da3.train.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContrastiveObjectiveTest {

    private static final int CHANNELS = 5;

    /** Patches of 2x3 pixels. */
    private static final int PATCH_ROWS = 3;

    private static final int PATCH_COLUMNS = 3;
    private final ContrastiveObjective objective = new ContrastiveObjective(0.2);

    @Test
    void gradientsAgreeWithCentralDifferences() {
        StudentTruth truth = SmallBatch.wall(0.4f);
        float[] tokens = random(truth.images() * PATCH_ROWS * PATCH_COLUMNS * CHANNELS);
        ContrastiveObjective.Result result = objective.evaluate(truth, tokens, PATCH_ROWS, PATCH_COLUMNS);
        assertThat(result.loss()).isPositive();
        for (int i = 0; i < tokens.length; i++) {
            float value = tokens[i];
            tokens[i] = value + 1e-2f;
            double above =
                    objective.evaluate(truth, tokens, PATCH_ROWS, PATCH_COLUMNS).loss();
            tokens[i] = value - 1e-2f;
            double below =
                    objective.evaluate(truth, tokens, PATCH_ROWS, PATCH_COLUMNS).loss();
            tokens[i] = value;
            assertThat((double) result.gradient()[i]).isCloseTo((above - below) / 2e-2, within(2e-4));
        }
    }

    @Test
    void findsThePatchThatShowsTheSameSurface() {
        // A wall at depth 2 and cameras one patch apart: the second, to the right, sees everything one patch to the
        // left.
        StudentTruth truth = SmallBatch.wall(3 * 2f / 8);
        int[] matches = new PatchMatches(truth, PATCH_ROWS, PATCH_COLUMNS).between(0, 1);
        assertThat(matches).containsExactly(-1, 0, 1, -1, 3, 4, -1, 6, 7);
        assertThat(new PatchMatches(truth, PATCH_ROWS, PATCH_COLUMNS).between(1, 0))
                .containsExactly(1, 2, -1, 4, 5, -1, 7, 8, -1);
    }

    @Test
    void hiddenAndUnknownSurfacesHaveNoMatch() {
        StudentTruth truth = SmallBatch.wall(0);
        truth.depth()[SmallBatch.ROWS * SmallBatch.COLUMNS + 1 * SmallBatch.COLUMNS + 1] = 1; // in front of the wall
        truth.mask()[1 * SmallBatch.COLUMNS + 4] = false;
        assertThat(new PatchMatches(truth, PATCH_ROWS, PATCH_COLUMNS).between(0, 1))
                .containsExactly(-1, -1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void distinctTokensHaveNoLoss() {
        StudentTruth truth = SmallBatch.wall(0); // every patch matches the one at the same position
        int patches = PATCH_ROWS * PATCH_COLUMNS;
        float[] tokens = new float[truth.images() * patches * patches];
        for (int i = 0; i < truth.images() * patches; i++) {
            tokens[i * patches + i % patches] = 3;
        }
        ContrastiveObjective.Result result =
                new ContrastiveObjective(0.05).evaluate(truth, tokens, PATCH_ROWS, PATCH_COLUMNS);
        assertThat(result.accuracy()).isEqualTo(1);
        assertThat(result.loss()).isLessThan(1e-6);
    }

    @Test
    void withoutMatchesThereIsNoLoss() {
        StudentTruth truth = SmallBatch.wall(0);
        Arrays.fill(truth.mask(), false);
        float[] tokens = random(truth.images() * PATCH_ROWS * PATCH_COLUMNS * CHANNELS);
        ContrastiveObjective.Result result = objective.evaluate(truth, tokens, PATCH_ROWS, PATCH_COLUMNS);
        assertThat(result.loss()).isZero();
        assertThat(result.gradient()).containsOnly(0);
    }

    @Test
    void rejectsTokensOfOtherImages() {
        assertThatThrownBy(() -> objective.evaluate(SmallBatch.wall(0), new float[37], PATCH_ROWS, PATCH_COLUMNS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tokens must be of 4 images of 3x3 patches, got 37 values");
    }

    private static float[] random(int length) {
        Random random = new Random(3);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
