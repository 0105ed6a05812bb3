package da3.streaming.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LoopSelectionTest {

    @Test
    void weightsFallFromOneToZeroWithTheError() {
        for (double mu : new double[] {1e-3, 0.7, 30}) {
            double all = mu / (mu + 1);
            double none = (mu + 1) / mu;
            assertThat(LoopSelection.weight(0.999 * all, mu)).isEqualTo(1);
            assertThat(LoopSelection.weight(all * (1 + 1e-9), mu)).isCloseTo(1, within(1e-6));
            assertThat(LoopSelection.weight(1, mu)).isBetween(0.0, 1.0);
            assertThat(LoopSelection.weight(none * (1 - 1e-9), mu)).isCloseTo(0, within(1e-6));
            assertThat(LoopSelection.weight(1.001 * none, mu)).isZero();
        }
    }

    @Test
    void weightsEndAsTruncatedLeastSquares() {
        assertThat(LoopSelection.weight(1, Double.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(LoopSelection.weight(1.0001, Double.POSITIVE_INFINITY)).isZero();
    }
}
