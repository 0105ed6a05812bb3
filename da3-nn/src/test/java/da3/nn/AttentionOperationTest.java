package da3.nn;

import static da3.nn.EngineUnderTest.assertClose;
import static da3.nn.EngineUnderTest.random;
import static da3.nn.NaiveOperations.doubles;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttentionOperationTest {

    /** Results are averages of values of order 1; scores of order 5 go through exp with an error of 1e-6. */
    private static final double TOLERANCE = 1e-5;

    private static final double EPSILON = 1e-5;

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
        "1, 1, 1, 16, false, false",
        "1, 17, 3, 16, true, false",
        "3, 31, 2, 24, false, true",
        "3, 43, 1, 32, true, true",
        "1, 65, 2, 64, true, true",
        "3, 13, 2, 64, false, false",
        "1, 1024, 1, 16, false, false", // one block of query rows, as large as possible
        "1, 1025, 1, 16, true, true", // blocks of query rows, the last of them smaller
        "1, 1501, 1, 24, false, true", // more blocks
        "2, 601, 3, 16, true, true", // several blocks, of unequal length, with norms and positions
        "3, 1031, 2, 16, true, false", // two blocks for every head of every view
    })
    void matchesTheDefinition(int batch, int tokens, int heads, int headDim, boolean normed, boolean rotary) {
        float[] qkv = random(tokens + headDim, batch * tokens * 3 * heads * headDim);
        QkNorm norm = normed ? norm(headDim) : null;
        RotaryPositions positions = rotary ? positions(tokens, headDim) : null;
        float[] y = under.run(
                () -> engine.attention(engine.upload(qkv, batch, tokens, 3 * heads * headDim), heads, norm, positions));
        assertClose(y, naive(qkv, batch, heads, headDim, norm, positions), TOLERANCE);
    }

    @Test
    void largeScoresDoNotOverflow() {
        float[] qkv = random(5, 9 * 3 * 16);
        for (int i = 0; i < qkv.length; i++) {
            qkv[i] *= i % 48 < 32 ? 40 : 1; // scores in the thousands, whose exp is infinite
        }
        float[] y = under.run(() -> engine.attention(engine.upload(qkv, 1, 9, 48), 1, null, null));
        for (float value : y) {
            assertThat(value).isFinite();
        }
    }

    @Test
    void positionsMayChangeBetweenCalls() {
        float[] qkv = random(6, 9 * 3 * 16);
        for (int i = 0; i < 12; i++) { // more than the engine caches
            int shift = i % 6;
            int[] row = {0, shift, 2, 3, 4, 5, 6, 7, 8};
            RotaryPositions positions = RotaryPositions.of(row, row, 16, 100);
            float[] y = under.run(() -> engine.attention(engine.upload(qkv, 1, 9, 48), 1, null, positions));
            assertClose(y, naive(qkv, 1, 1, 16, null, positions), TOLERANCE);
        }
    }

    private static QkNorm norm(int headDim) {
        return new QkNorm(
                under.plain("q_norm.weight", headDim),
                under.plain("q_norm.bias", headDim),
                under.plain("k_norm.weight", headDim),
                under.plain("k_norm.bias", headDim),
                EPSILON);
    }

    private static RotaryPositions positions(int tokens, int headDim) {
        int[] row = new int[tokens];
        int[] column = new int[tokens];
        Arrays.setAll(row, t -> t / 7);
        Arrays.setAll(column, t -> t % 7);
        return RotaryPositions.of(row, column, headDim, 100);
    }

    private static double[] naive(
            float[] qkv, int batch, int heads, int headDim, QkNorm norm, RotaryPositions positions) {
        NaiveAttention.Norm naiveNorm = NaiveAttention.Norm.of(norm, under);
        return new NaiveAttention(batch, heads, headDim, EPSILON, positions).apply(doubles(qkv), naiveNorm);
    }
}
