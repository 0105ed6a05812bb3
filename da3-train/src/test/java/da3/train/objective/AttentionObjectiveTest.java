package da3.train.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttentionObjectiveTest {

    private static final int PATCH_ROWS = 3;
    private static final int PATCH_COLUMNS = 3;
    private static final int TOKENS = 1 + PATCH_ROWS * PATCH_COLUMNS;
    private static final int HEADS = 3;
    private static final int CHANNELS = 4;
    private final AttentionObjective objective = new AttentionObjective(2);

    @Test
    void gradientsAreTheSlopes() {
        StudentTruth truth = SmallBatch.wall(0.4f);
        float[] queries = random(1, truth.images() * TOKENS * HEADS * CHANNELS);
        float[] keys = random(2, queries.length);
        AttentionObjective.Result result = evaluate(truth, queries, keys);
        assertThat(result.loss()).isPositive();
        for (int i = 0; i < queries.length; i++) {
            assertThat((double) result.queries()[i]).isCloseTo(slope(truth, queries, keys, queries, i), within(2e-4));
            assertThat((double) result.keys()[i]).isCloseTo(slope(truth, queries, keys, keys, i), within(2e-4));
        }
    }

    @Test
    void onlySupervisedHeadsHaveGradients() {
        StudentTruth truth = SmallBatch.wall(0.4f);
        float[] queries = random(1, truth.images() * TOKENS * HEADS * CHANNELS);
        float[] keys = random(2, queries.length);
        AttentionObjective.Result result = evaluate(truth, queries, keys);
        for (int i = 0; i < queries.length; i++) {
            if (i / CHANNELS % HEADS == 2) {
                assertThat(result.queries()[i]).isZero();
                assertThat(result.keys()[i]).isZero();
            }
        }
    }

    @Test
    void attentionOnMatchesAloneHasNoLoss() {
        // Both cameras stand at one point, so that each patch matches the same patch of the other view.
        StudentTruth truth = SmallBatch.wall(0);
        int channels = 2 * TOKENS;
        float[] queries = new float[truth.images() * TOKENS * channels];
        float[] keys = new float[queries.length];
        for (int image = 0; image < truth.images(); image++) {
            for (int token = 0; token < TOKENS; token++) {
                int row = image * TOKENS + token;
                keys[row * channels + image % 2 * TOKENS + token] = 20;
                queries[row * channels + (1 - image % 2) * TOKENS + token] = 20;
            }
        }
        AttentionObjective.Result result =
                new AttentionObjective(1).evaluate(truth, queries, keys, 1, PATCH_ROWS, PATCH_COLUMNS);
        assertThat(result.loss()).isLessThan(1e-6);
        assertThat(result.share()).isCloseTo(1, within(1e-6));
    }

    @Test
    void withoutMatchesThereIsNoLoss() {
        StudentTruth truth = SmallBatch.wall(0);
        Arrays.fill(truth.mask(), false);
        float[] queries = random(1, truth.images() * TOKENS * HEADS * CHANNELS);
        AttentionObjective.Result result = evaluate(truth, queries, queries);
        assertThat(result.loss()).isZero();
        assertThat(result.queries()).containsOnly(0);
    }

    @Test
    void refusesArraysOfOtherShapes() {
        assertThatThrownBy(() -> evaluate(SmallBatch.wall(0), new float[37], new float[37]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("queries and keys must have 4 x 10 tokens of 3 heads, got 37 and 37 values");
        assertThatThrownBy(() -> new AttentionObjective(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("number of supervised heads must be positive, got 0");
    }

    private AttentionObjective.Result evaluate(StudentTruth truth, float[] queries, float[] keys) {
        return objective.evaluate(truth, queries, keys, HEADS, PATCH_ROWS, PATCH_COLUMNS);
    }

    private double slope(StudentTruth truth, float[] queries, float[] keys, float[] changed, int i) {
        float value = changed[i];
        changed[i] = value + 1e-2f;
        double above = evaluate(truth, queries, keys).loss();
        changed[i] = value - 1e-2f;
        double below = evaluate(truth, queries, keys).loss();
        changed[i] = value;
        return (above - below) / 2e-2;
    }

    private static float[] random(long seed, int length) {
        Random random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
