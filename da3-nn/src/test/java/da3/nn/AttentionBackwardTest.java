package da3.nn;

import static da3.nn.EngineUnderTest.random;
import static da3.nn.NaiveOperations.doubles;
import static da3.nn.NumericalGradients.assertDerivative;
import static da3.nn.NumericalGradients.assertGradient;
import static org.assertj.core.api.Assertions.assertThat;

import da3.nn.NaiveAttention.Norm;
import da3.nn.autograd.DifferentiableEngine;
import da3.nn.autograd.DifferentiableEngine.AttentionGradients;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttentionBackwardTest {

    private static final double EPSILON = 1e-3;

    private static EngineUnderTest under;
    private static DifferentiableEngine engine;

    @BeforeAll
    static void open() {
        under = new EngineUnderTest();
        engine = under.differentiable();
    }

    @AfterAll
    static void close() {
        under.close();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 4, false, false",
        "1, 1, 2, 8, true, true",
        "1, 9, 3, 8, true, false",
        "3, 7, 1, 12, false, true",
        "2, 5, 2, 16, true, true",
        "3, 4, 2, 4, false, false",
    })
    void matchesNumericalGradients(int batch, int tokens, int heads, int headDim, boolean normed, boolean rotary) {
        float[] qkv = random(tokens + headDim, batch * tokens * 3 * heads * headDim);
        float[] dy = random(tokens, qkv.length / 3);
        QkNorm qkNorm = normed ? norm(headDim) : null;
        Norm norm = Norm.of(qkNorm, under);
        RotaryPositions positions = rotary ? positions(tokens, headDim) : null;
        NaiveAttention naive = new NaiveAttention(batch, heads, headDim, EPSILON, positions);
        List<float[]> gradients = gradients(dy, qkv, batch, tokens, heads, qkNorm, positions, true);
        assertGradient(gradients.get(0), NumericalGradients.of(x -> naive.apply(x, norm), qkv, dy));
        if (!normed) {
            assertThat(gradients.subList(1, 5)).containsOnlyNulls();
            return;
        }
        List<Parameter> parameters = List.of(qkNorm.qWeight(), qkNorm.qBias(), qkNorm.kWeight(), qkNorm.kBias());
        for (int i = 0; i < 4; i++) {
            int which = i;
            UnaryOperator<double[]> ofParameter = values -> {
                double[][] all = {norm.qWeight(), norm.qBias(), norm.kWeight(), norm.kBias()};
                all[which] = values;
                return naive.apply(doubles(qkv), new Norm(all[0], all[1], all[2], all[3]));
            };
            assertGradient(
                    gradients.get(1 + i), NumericalGradients.of(ofParameter, under.values(parameters.get(i)), dy));
        }
        assertThat(gradients(dy, qkv, batch, tokens, heads, qkNorm, positions, false))
                .satisfies(without -> assertThat(without.get(0)).isEqualTo(gradients.get(0)))
                .satisfies(without -> assertThat(without.subList(1, 5)).containsOnlyNulls());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1025, 1, 8, true", // blocks of scores, the last of them smaller
        "2, 1501, 1, 12, false", // more blocks
    })
    void matchesNumericalGradientsOverSeveralBlocks(int batch, int tokens, int heads, int headDim, boolean normed) {
        float[] qkv = random(3, batch * tokens * 3 * heads * headDim);
        float[] dy = random(4, qkv.length / 3);
        QkNorm qkNorm = normed ? norm(headDim) : null;
        RotaryPositions positions = positions(tokens, headDim);
        NaiveAttention naive = new NaiveAttention(batch, heads, headDim, EPSILON, positions);
        Norm norm = Norm.of(qkNorm, under);
        float[] gradient = gradients(dy, qkv, batch, tokens, heads, qkNorm, positions, false)
                .get(0);
        float[] direction = random(5, qkv.length);
        assertDerivative(gradient, direction, NumericalGradients.along(direction, x -> naive.apply(x, norm), qkv, dy));
    }

    private static List<float[]> gradients(
            float[] dy,
            float[] qkv,
            int batch,
            int tokens,
            int heads,
            QkNorm norm,
            RotaryPositions positions,
            boolean parameters) {
        int channels = qkv.length / (batch * tokens);
        return under.runAll(() -> {
            Tensor in = engine.upload(qkv, batch, tokens, channels);
            Tensor y = engine.attention(in, heads, norm, positions);
            Tensor gradient = engine.upload(dy, batch, tokens, channels / 3);
            AttentionGradients all = engine.attentionBackward(gradient, y, in, heads, norm, positions, parameters);
            assertThat(engine.download(in)).isEqualTo(qkv); // arguments are not modified
            assertThat(engine.download(gradient)).isEqualTo(dy);
            return Arrays.asList(all.qkv(), all.qWeight(), all.qBias(), all.kWeight(), all.kBias());
        });
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
}
