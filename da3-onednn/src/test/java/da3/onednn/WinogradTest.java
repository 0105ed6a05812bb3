package da3.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.nn.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WinogradTest {

    /** Products of unit vectors show that the three matrices together are a correlation. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void isACorrelation(int r) {
        Winograd winograd = r == 3 ? Winograd.CONVOLUTION : Winograd.WEIGHT_GRADIENT;
        int m = Winograd.N + 1 - r;
        for (int d = 0; d < Winograd.N; d++) {
            for (int g = 0; g < r; g++) {
                for (int y = 0; y < m; y++) {
                    double sum = 0;
                    for (int i = 0; i < Winograd.N; i++) {
                        sum += (double) winograd.output()[y * Winograd.N + i]
                                * winograd.kernel()[i * r + g]
                                * winograd.input()[i * Winograd.N + d];
                    }
                    assertThat(sum).isCloseTo(d == y + g ? 1 : 0, within(1e-6));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT32, 1, 8, 128, 64, 64, true",
        "FLOAT32, 1, 4, 256, 64, 64, true",
        "BFLOAT16, 1, 8, 128, 64, 64, false",
        "FLOAT32, 2, 8, 128, 64, 64, false",
        "FLOAT32, 1, 3, 999, 64, 64, false",
        "FLOAT32, 1, 8, 127, 64, 64, false",
        "FLOAT32, 1, 8, 128, 64, 32, true",
        "FLOAT32, 1, 8, 128, 32, 64, true",
        "FLOAT32, 1, 8, 128, 63, 32, false",
        "FLOAT32, 1, 8, 128, 32, 63, false",
        "FLOAT32, 1, 8, 128, 999, 31, false",
    })
    void appliesToFloatsOfLargeMaps(
            Precision precision, int stride, int rows, int columns, int in, int out, boolean expected) {
        assertThat(Winograd.applies(precision, stride, rows, columns, in, out)).isEqualTo(expected);
    }

    @Test
    void weightGradientsNeedLargerMaps() {
        assertThat(Winograd.appliesToWeightGradient(Precision.FLOAT32, 1, 32, 64, 64, 64))
                .isTrue();
        assertThat(Winograd.appliesToWeightGradient(Precision.FLOAT32, 1, 32, 63, 64, 64))
                .isFalse();
        assertThat(Winograd.appliesToWeightGradient(Precision.BFLOAT16, 1, 32, 64, 64, 64))
                .isFalse();
    }
}
