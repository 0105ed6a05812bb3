package da3.geometry.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PercentilesTest {

    @Test
    void interpolatesBetweenTheTwoNearestValues() {
        float[] values = {40, 10, 30, 20};
        assertThat(Percentiles.quantile(values, 0)).isEqualTo(10);
        assertThat(Percentiles.quantile(values, 0.5)).isEqualTo(25);
        assertThat(Percentiles.quantile(values, 0.9)).isCloseTo(37, within(1e-12));
        assertThat(Percentiles.quantile(values, 1)).isEqualTo(40);
        assertThat(values).containsExactly(40, 10, 30, 20);
    }

    /** Orders that are easy and hard for selection, with and without equal values. */
    @Test
    void agreesWithSorting() {
        Random random = new Random(1);
        for (int n : new int[] {1, 2, 3, 10, 1000}) {
            float[] up = new float[n];
            float[] down = new float[n];
            float[] pipes = new float[n];
            float[] few = new float[n];
            float[] shuffled = new float[n];
            for (int i = 0; i < n; i++) {
                up[i] = i;
                down[i] = -i;
                pipes[i] = Math.min(i, n - i);
                few[i] = random.nextInt(3);
                shuffled[i] = random.nextFloat();
            }
            for (float[] values : new float[][] {up, down, pipes, few, shuffled}) {
                float[] sorted = values.clone();
                Arrays.sort(sorted);
                for (int i = 0; i < n; i += 1 + n / 50) {
                    assertThat(Percentiles.quantile(values, n == 1 ? 0 : (double) i / (n - 1)))
                            .isCloseTo(sorted[i], within(1e-9));
                }
            }
        }
    }

    @Test
    void usesOnlyAcceptedIndices() {
        assertThat(Percentiles.quantile(new float[] {1, 100, 2, 100, 3}, i -> i % 2 == 0, 0.5))
                .isEqualTo(2);
    }

    @Test
    void anInfiniteNeighborDoesNotAffectAnIntegerPosition() {
        assertThat(Percentiles.quantile(new float[] {1, 2, Float.POSITIVE_INFINITY}, 0.5))
                .isEqualTo(2);
    }

    @Test
    void nanGivesNan() {
        assertThat(Percentiles.quantile(new float[] {1, Float.NaN, 2}, 0)).isNaN();
    }

    @Test
    void rejectsEmptyArraysAndQuantilesOutOfRange() {
        assertThatThrownBy(() -> Percentiles.quantile(new float[] {1}, i -> false, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("number of values of a quantile must be at least 1");
        assertThatThrownBy(() -> Percentiles.quantile(new float[] {1}, 1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.5");
    }
}
