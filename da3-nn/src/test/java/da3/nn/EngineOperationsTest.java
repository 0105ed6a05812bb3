package da3.nn;

import static da3.nn.EngineUnderTest.assertClose;
import static da3.nn.EngineUnderTest.random;
import static da3.nn.NaiveOperations.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares operations on tokens with their definitions. */
class EngineOperationsTest {

    /** Sums of up to 200 terms of order 1 with a rounding error of 6e-8 each, and the same error in the factors. */
    private static final double TOLERANCE = 5e-6;

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
    @EnumSource(Activation.class)
    void activation(Activation activation) {
        float[] x = random(1, 3 * 5 * 7);
        float[] y = under.run(() -> engine.activate(engine.upload(x, 3, 5, 7), activation));
        assertClose(y, NaiveOperations.activate(doubles(x), activation), TOLERANCE);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 1, true, NONE",
        "1, 17, 33, 65, true, RELU",
        "3, 5, 197, 13, true, GELU",
        "2, 129, 7, 3, false, EXP",
    })
    void linear(int views, int tokens, int in, int out, boolean biased, Activation activation) {
        float[] x = random(2, views * tokens * in);
        Parameter weight = under.linear("linear", out, in);
        Parameter bias = biased ? under.plain("bias", out) : null;
        float[] y = under.run(() -> engine.linear(engine.upload(x, views, tokens, in), weight, bias, activation));
        double[] product = NaiveOperations.linear(x, under.values(weight), under.values(bias), in, out);
        assertClose(y, NaiveOperations.activate(product, activation), 2 * TOLERANCE);
    }

    @Test
    void aPointwiseConvolutionIsLinear() {
        float[] x = random(3, 2 * 3 * 5 * 7);
        Parameter weight = under.linear("pointwise", 4, 7, 1, 1);
        Parameter bias = under.plain("bias", 4);
        float[] y = under.run(() -> engine.linear(engine.upload(x, 2, 3, 5, 7), weight, bias, Activation.NONE));
        assertClose(y, NaiveOperations.linear(x, under.values(weight), under.values(bias), 7, 4), TOLERANCE);
    }

    @Test
    void linearNamesAWeightOfTheWrongShape() {
        Parameter weight = under.linear("head.weight", 4, 7);
        assertThatThrownBy(() -> under.run(
                        () -> engine.linear(engine.upload(new float[10], 2, 5), weight, null, Activation.NONE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("head.weight", "7", "[2, 5]");
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1, true", "3, 17, 65, 33, true", "2, 7, 5, 9, false"})
    void linearResidual(int views, int tokens, int in, int out, boolean scaled) {
        float[] x = random(4, views * tokens * in);
        float[] residual = random(5, views * tokens * out);
        Parameter weight = under.linear("linear", out, in);
        Parameter bias = under.plain("bias", out);
        Parameter gamma = scaled ? under.plain("gamma", out) : null;
        float[] y = under.run(() -> engine.linearResidual(
                engine.upload(x, views, tokens, in), weight, bias, gamma, engine.upload(residual, views, tokens, out)));
        double[] expected = NaiveOperations.linear(x, under.values(weight), under.values(bias), in, out);
        for (int i = 0; i < expected.length; i++) {
            expected[i] = residual[i] + (scaled ? under.values(gamma)[i % out] : 1) * expected[i];
        }
        assertClose(y, expected, TOLERANCE);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 0", "2, 17, 33, 0", "3, 5, 385, 0", "3, 5, 385, 1000", "1, 7, 129, -300"})
    void layerNorm(int views, int tokens, int channels, float mean) {
        float[] x = random(6, views * tokens * channels);
        for (int i = 0; i < x.length; i++) {
            x[i] += mean;
        }
        Parameter weight = under.plain("norm.weight", channels);
        Parameter bias = under.plain("norm.bias", channels);
        float[] y = under.run(() -> engine.layerNorm(engine.upload(x, views, tokens, channels), weight, bias, 1e-6));
        double[] expected = NaiveOperations.layerNorm(doubles(x), under.values(weight), under.values(bias), 1e-6);
        // the rounding error of the mean, a few units in the last place, shifts all values
        assertClose(y, expected, TOLERANCE + 5e-7 * Math.abs(mean));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "3, 5, 7", "2, 17, 129"})
    void swiGlu(int views, int tokens, int half) {
        float[] x = random(7, views * tokens * 2 * half);
        float[] y = under.run(() -> engine.swiGlu(engine.upload(x, views, tokens, 2 * half)));
        assertClose(y, NaiveOperations.swiGlu(x, half), TOLERANCE);
    }

    @Test
    void additionRoundsOnce() {
        float[] a = random(8, 3 * 5 * 7);
        float[] b = random(9, 3 * 5 * 7);
        float[] table = Arrays.copyOf(b, 5 * 7);
        float[] sum = under.run(() -> engine.add(engine.upload(a, 3, 5, 7), engine.upload(b, 3, 5, 7)));
        float[] each = under.run(() -> engine.addToEveryView(engine.upload(a, 3, 5, 7), engine.upload(table, 5, 7)));
        for (int i = 0; i < a.length; i++) {
            assertThat(sum[i]).isEqualTo(a[i] + b[i]);
            assertThat(each[i]).isEqualTo(a[i] + table[i % table.length]);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1", "3, 5, 7, 2", "2, 3, 1, 9"})
    void concatenationOfChannels(int views, int tokens, int first, int second) {
        float[] a = random(10, views * tokens * first);
        float[] b = random(11, views * tokens * second);
        float[] joined = under.run(() ->
                engine.concatChannels(engine.upload(a, views, tokens, first), engine.upload(b, views, tokens, second)));
        for (int row = 0; row < views * tokens; row++) {
            for (int c = 0; c < first + second; c++) {
                float expected = c < first ? a[row * first + c] : b[row * second + c - first];
                assertThat(joined[row * (first + second) + c]).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1", "3, 1, 6, 5", "2, 4, 3, 9"})
    void tokensUndoesConcatTokens(int views, int first, int second, int channels) {
        float[] a = random(12, views * first * channels);
        float[] b = random(13, views * second * channels);
        float[][] parts = engine.run(() -> {
            try (Scope scope = engine.scope()) {
                Tensor joined = engine.concatTokens(
                        engine.upload(a, views, first, channels), engine.upload(b, views, second, channels));
                assertThat(joined.shape()).containsExactly(views, first + second, channels);
                return new float[][] {
                    engine.download(engine.tokens(joined, 0, first)),
                    engine.download(engine.tokens(joined, first, first + second)),
                    engine.download(engine.tokens(engine.views(joined, views - 1, views), first, first + 1)),
                };
            }
        });
        assertThat(parts[0]).isEqualTo(a);
        assertThat(parts[1]).isEqualTo(b);
        int last = (views - 1) * second * channels;
        assertThat(parts[2]).isEqualTo(Arrays.copyOfRange(b, last, last + channels));
    }

    @Test
    void viewsCanBeReorderedRepeatedAndOmitted() {
        float[] x = random(14, 3 * 5 * 7);
        int[] order = {2, 0, 2, 2};
        float[] y = under.run(() -> engine.reorderViews(engine.upload(x, 3, 5, 7), order));
        assertThat(y).hasSize(order.length * 35);
        for (int i = 0; i < y.length; i++) {
            assertThat(y[i]).isEqualTo(x[order[i / 35] * 35 + i % 35]);
        }
        assertThat(under.run(() -> engine.views(engine.upload(x, 3, 5, 7), 1, 3)))
                .isEqualTo(Arrays.copyOfRange(x, 35, 105));
    }

    @Test
    void valueHasTheShapeOfTheCheckpoint() {
        Parameter token = under.plain("camera_token", 1, 2, 9);
        engine.run(() -> {
            try (Scope scope = engine.scope()) {
                Tensor value = engine.value(token);
                assertThat(value.shape()).containsExactly(1, 2, 9);
                assertThat(value.size(-1)).isEqualTo(9);
                assertThat(engine.download(value)).isEqualTo(under.values(token));
                return null;
            }
        });
    }

    @Test
    void rejectsTheWrongNumberOfValues() {
        assertThatThrownBy(() -> under.run(() -> engine.upload(new float[5], 2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("5 values", "[2, 3]");
        assertThatThrownBy(() -> under.run(() -> engine.reshape(engine.upload(new float[6], 2, 3), 7)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("6 and 7 values");
    }
}
