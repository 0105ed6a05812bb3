package da3.geometry.gaussian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OpacityTest {

    @Test
    void anExponentOfOneGivesTheProbability() {
        assertThat(Opacity.ofProbability(0.37, 1)).isEqualTo(0.37);
    }

    @Test
    void aLargerExponentKeepsZeroAndOne() {
        assertThat(Opacity.ofProbability(0, 4)).isZero();
        assertThat(Opacity.ofProbability(1, 4)).isEqualTo(1);
        assertThat(Opacity.ofProbability(0.0625, 2)).isCloseTo(0.5 * (1 - 0.9375 * 0.9375 + 0.25), within(1e-15));
    }

    @Test
    void rejectsExponentsThatAreNotPositive() {
        assertThatThrownBy(() -> Opacity.ofProbability(0.5, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
