package da3.nn;

import static da3.nn.EngineUnderTest.assertClose;
import static da3.nn.EngineUnderTest.random;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixProductTest {

    /** Sums of up to 200 terms of order 1, which reach 40, with a relative rounding error of 6e-8 for many terms. */
    private static final double TOLERANCE = 1e-4;

    private static EngineUnderTest under;
    private static Engine engine;

    @BeforeAll
    static void open() {
        under = new EngineUnderTest();
        engine = under.engine;
    }

    @AfterAll
    static void close() {
        under.close();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, false, false",
        "1, 1, 1, true, true",
        "1, 7, 1, true, false",
        "7, 1, 5, false, true",
        "1, 5, 7, true, true",
        "5, 7, 1, true, true",
        "33, 197, 17, false, false",
        "33, 197, 17, false, true",
        "33, 197, 17, true, false",
        "33, 197, 17, true, true",
    })
    void matchesTheDefinition(int m, int k, int n, boolean transposeA, boolean transposeB) {
        float[] a = random(1, m * k);
        float[] b = random(2, k * n);
        float[] y = under.run(() -> engine.matmul(
                transposeA ? engine.upload(a, k, m) : engine.upload(a, m, k),
                transposeA,
                transposeB ? engine.upload(b, n, k) : engine.upload(b, k, n),
                transposeB));
        double[] expected = new double[m * n];
        for (int r = 0; r < m; r++) {
            for (int c = 0; c < n; c++) {
                for (int i = 0; i < k; i++) {
                    expected[r * n + c] +=
                            (double) a[transposeA ? i * m + r : r * k + i] * b[transposeB ? c * k + i : i * n + c];
                }
            }
        }
        assertClose(y, expected, TOLERANCE);
    }

    @Test
    void rejectsDifferentInnerSizes() {
        assertThatThrownBy(() -> under.run(() -> engine.matmul(
                        engine.upload(new float[6], 2, 3), false, engine.upload(new float[6], 2, 3), false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("[2, 3]");
    }
}
