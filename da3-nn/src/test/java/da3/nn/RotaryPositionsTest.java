package da3.nn;

import static da3.nn.EngineUnderTest.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotaryPositionsTest {

    @Test
    void token0IsNotRotated() {
        for (RotaryPositions positions : new RotaryPositions[] {
            RotaryPositions.withinView(2, 3, 16, 100), RotaryPositions.acrossViews(3, 7, 16, 100)
        }) {
            assertThat(Arrays.copyOf(positions.cos(), 16)).containsOnly(1f);
            for (int c = 0; c < 16; c++) {
                assertThat(positions.signedSin()[c]).isZero();
            }
        }
    }

    @Test
    void patchesAreRotatedByTheirRowsAndColumns() {
        RotaryPositions positions = RotaryPositions.withinView(2, 3, 8, 100);
        assertThat(positions.tokens()).isEqualTo(7);
        int offset = 6 * 8; // the last patch, in row 2 and column 3 counted from 1
        double[] angles = {2, 2 / 10.0, 2, 2 / 10.0, 3, 3 / 10.0, 3, 3 / 10.0};
        for (int c = 0; c < 8; c++) {
            assertThat(positions.cos()[offset + c]).isCloseTo((float) Math.cos(angles[c]), within(1e-6f));
            int sign = c % 4 < 2 ? -1 : 1; // channels 0 and 2, 1 and 3, 4 and 6, 5 and 7 are pairs
            assertThat(positions.signedSin()[offset + c])
                    .isCloseTo((float) (sign * Math.sin(angles[c])), within(1e-6f));
        }
    }

    @Test
    void acrossViewsAllPatchesHaveTheSamePosition() {
        RotaryPositions positions = RotaryPositions.acrossViews(2, 4, 8, 100);
        assertThat(positions.tokens()).isEqualTo(8);
        for (int token = 0; token < 8; token++) {
            assertThat(positions.signedSin()[token * 8 + 2]).isEqualTo(token % 4 == 0 ? 0 : (float) Math.sin(1));
        }
    }

    @Test
    void attentionDependsOnlyOnRelativePositions() {
        float[] qk = random(1, 32);
        double product = turnedProduct(qk, 3, 5, 1, 9);
        assertThat(turnedProduct(qk, 13, 5, 11, 9)).isCloseTo(product, within(1e-5));
        assertThat(turnedProduct(qk, 3, 25, 1, 29)).isCloseTo(product, within(1e-5));
        assertThat(turnedProduct(qk, 4, 5, 1, 9)).isNotCloseTo(product, within(1e-2));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 6, 10})
    void rejectsHeadDimensionsThatAreNotMultiplesOf4(int headDim) {
        assertThatThrownBy(() -> RotaryPositions.withinView(1, 1, headDim, 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("multiple of 4", String.valueOf(headDim));
    }

    /** Returns the dot product of a query and a key with 16 channels at given rows and columns. */
    private static double turnedProduct(float[] qk, int qRow, int qColumn, int kRow, int kColumn) {
        double[] x = NaiveOperations.doubles(qk);
        NaiveOperations.rotate(x, RotaryPositions.of(new int[] {qRow, kRow}, new int[] {qColumn, kColumn}, 16, 100));
        double sum = 0;
        for (int c = 0; c < 16; c++) {
            sum += x[c] * x[16 + c];
        }
        return sum;
    }
}
