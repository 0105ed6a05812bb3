package da3.nn;

import static da3.nn.ReferenceViewStrategy.FIRST;
import static da3.nn.ReferenceViewStrategy.MIDDLE;
import static da3.nn.ReferenceViewStrategy.SADDLE_BALANCED;
import static da3.nn.ReferenceViewStrategy.SADDLE_SIM_RANGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReferenceViewStrategyTest {

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "2, 0, 1", "3, 0, 1", "4, 0, 2", "5, 0, 2"})
    void firstAndMiddleDoNotReadTokens(int views, int first, int middle) {
        assertThat(FIRST.select(new float[0], views)).isEqualTo(first);
        assertThat(MIDDLE.select(new float[0], views)).isEqualTo(middle);
    }

    @ParameterizedTest
    @EnumSource(ReferenceViewStrategy.class)
    void oneViewIsItsOwnReference(ReferenceViewStrategy strategy) {
        assertThat(strategy.select(new float[] {1, 2}, 1)).isZero();
    }

    @Test
    void withEqualSimilaritiesTheMiddleNormIsMostBalanced() {
        float[] tokens = new float[5 * 2];
        float[] norms = {5, 1, 3, 1.5f, 4.5f};
        for (int view = 0; view < 5; view++) {
            tokens[2 * view] = 0.6f * norms[view];
            tokens[2 * view + 1] = 0.8f * norms[view];
        }
        assertThat(SADDLE_BALANCED.select(tokens, 5)).isEqualTo(2);
    }

    @Test
    void balanceDoesNotDependOnACommonScale() {
        float[] tokens = EngineUnderTest.random(3, 6 * 32);
        float[] scaled = tokens.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= 1024;
        }
        assertThat(SADDLE_BALANCED.select(scaled, 6)).isEqualTo(SADDLE_BALANCED.select(tokens, 6));
    }

    @Test
    void simRangeChoosesTheWidestRange() {
        float half = (float) Math.sqrt(0.5);
        // similarities: 0 and -0.7, 0 and 0.7, -0.7 and 0.7
        assertThat(SADDLE_SIM_RANGE.select(new float[] {1, 0, 0, 1, -half, half}, 3))
                .isEqualTo(2);
    }

    @Test
    void theSimilarityOfAViewToItselfCountsAsZero() {
        // at 60, 10 and 0 degrees all similarities are positive: the ranges extend from 0 to cos 50, cos 10 and cos 10
        float[] tokens = new float[6];
        double[] degrees = {60, 10, 0};
        for (int view = 0; view < 3; view++) {
            tokens[2 * view] = (float) Math.cos(Math.toRadians(degrees[view]));
            tokens[2 * view + 1] = (float) Math.sin(Math.toRadians(degrees[view]));
        }
        assertThat(SADDLE_SIM_RANGE.select(tokens, 3)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(ReferenceViewStrategy.class)
    void isFoundById(ReferenceViewStrategy strategy) {
        assertThat(ReferenceViewStrategy.of(strategy.id())).isSameAs(strategy);
    }

    @Test
    void anUnknownIdListsTheKnownOnes() {
        assertThatThrownBy(() -> ReferenceViewStrategy.of("last"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'last'", "first, middle, saddle_balanced, saddle_sim_range");
    }
}
