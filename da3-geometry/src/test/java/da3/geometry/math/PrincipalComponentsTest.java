package da3.geometry.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PrincipalComponentsTest {

    private static final int CHANNELS = 40;
    private static final double[] SPREAD = {9, 5, 2};

    /** Rows that vary along channels 7, 3 and 21, in this order, and a little everywhere. */
    private static float[] rows() {
        Random random = new Random(5);
        float[] values = new float[400 * CHANNELS];
        int[] channels = {7, 3, 21};
        for (int row = 0; row < 400; row++) {
            for (int c = 0; c < CHANNELS; c++) {
                values[row * CHANNELS + c] = (float) (100 + 0.01 * random.nextGaussian());
            }
            for (int k = 0; k < 3; k++) {
                values[row * CHANNELS + channels[k]] += (float) (SPREAD[k] * random.nextGaussian());
            }
        }
        return values;
    }

    @Test
    void findsTheDirectionsOfLargestVariance() {
        PrincipalComponents found = PrincipalComponents.of(rows(), CHANNELS, 3, 42);
        assertThat(found.directions()[0][7]).isCloseTo(1, within(0.02));
        assertThat(found.directions()[1][3]).isCloseTo(1, within(0.02));
        assertThat(found.directions()[2][21]).isCloseTo(1, within(0.02));
        float[][] projected = found.project(rows());
        for (int k = 0; k < 3; k++) {
            double sum = 0;
            double squares = 0;
            for (float value : projected[k]) {
                sum += value;
                squares += value * value;
            }
            assertThat(sum / 400).isCloseTo(0, within(1e-5));
            assertThat(Math.sqrt(squares / 400)).isCloseTo(SPREAD[k], within(0.1 * SPREAD[k]));
        }
    }

    @Test
    void theSameValuesGiveTheSameDirections() {
        double[][] first = PrincipalComponents.of(rows(), CHANNELS, 3, 42).directions();
        assertThat(PrincipalComponents.of(rows(), CHANNELS, 3, 42).directions()).isDeepEqualTo(first);
        assertThat(PrincipalComponents.of(rows(), CHANNELS, 3, 1).directions()[2])
                .containsExactly(first[2], within(1e-6));
    }

    @Test
    void rejectsWrongCounts() {
        assertThatThrownBy(() -> PrincipalComponents.of(new float[10], 4, 3, 1))
                .hasMessageContaining("a positive multiple of 4 channels, got 10");
        assertThatThrownBy(() -> PrincipalComponents.of(new float[4], 2, 3, 1))
                .hasMessageContaining("number of components must be from 1 to 2, got 3");
    }
}
