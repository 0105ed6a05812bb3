package da3.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PercentilesTest {

    @Test
    void interpolatesBetweenTheTwoNearest() {
        float[] values = {40, 10, 30, 20};
        assertThat(Percentiles.quantile(values, 0)).isEqualTo(10);
        assertThat(Percentiles.quantile(values, 0.5)).isEqualTo(25);
        assertThat(Percentiles.quantile(values, 0.9)).isCloseTo(37, within(1e-12));
        assertThat(Percentiles.quantile(values, 1)).isEqualTo(40);
        assertThat(values).containsExactly(40, 10, 30, 20);
    }

    @Test
    void looksOnlyAtKeptIndices() {
        assertThat(Percentiles.quantile(new float[] {1, 100, 2, 100, 3}, i -> i % 2 == 0, 0.5))
                .isEqualTo(2);
    }

    @Test
    void anInfiniteNeighbourDoesNotSpoilAWholePosition() {
        assertThat(Percentiles.quantile(new float[] {1, 2, Float.POSITIVE_INFINITY}, 0.5))
                .isEqualTo(2);
    }

    @Test
    void notANumberIsContagious() {
        assertThat(Percentiles.quantile(new float[] {1, Float.NaN, 2}, 0)).isNaN();
    }

    @Test
    void refusesNoValuesAndQuantilesOutsideTheRange() {
        assertThatThrownBy(() -> Percentiles.quantile(new float[] {1}, i -> false, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no values");
        assertThatThrownBy(() -> Percentiles.quantile(new float[] {1}, 1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.5");
    }
}
