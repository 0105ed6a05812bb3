package da3.nn;

import static da3.nn.EngineUnderTest.assertClose;
import static da3.nn.EngineUnderTest.random;
import static da3.nn.NaiveOperations.doubles;
import static da3.nn.NumericalGradients.assertGradient;
import static org.assertj.core.api.Assertions.assertThat;

import da3.nn.autograd.DifferentiableEngine;
import da3.nn.autograd.DifferentiableEngine.LayerGradients;
import da3.nn.autograd.DifferentiableEngine.LayerScaleGradients;
import da3.nn.autograd.DifferentiableEngine.Wanted;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares the gradients of operations on tokens with finite differences of their definitions. */
class BackwardOperationsTest {

    /** Sums of up to 100 terms of order 1. */
    private static final double TOLERANCE = 1e-5;

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

    @Test
    void productsRoundOnce() {
        float[] x = random(1, 3 * 5 * 7);
        float[] y = random(2, 3 * 5 * 7);
        float[] product = under.run(() -> engine.multiply(engine.upload(x, 3, 5, 7), engine.upload(y, 3, 5, 7)));
        float[] channels = under.run(
                () -> engine.multiplyChannels(engine.upload(x, 3, 5, 7), engine.upload(Arrays.copyOf(y, 7), 7)));
        for (int i = 0; i < x.length; i++) {
            assertThat(product[i]).isEqualTo(x[i] * y[i]);
            assertThat(channels[i]).isEqualTo(x[i] * y[i % 7]);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "3, 1, 7", "2, 17, 1", "3, 5, 7", "2, 701, 100", "1, 3000, 33"})
    void sums(int views, int tokens, int channels) {
        float[] x = random(3, views * tokens * channels);
        double[] rows = new double[channels];
        double[] all = new double[tokens * channels];
        for (int i = 0; i < x.length; i++) {
            rows[i % channels] += x[i];
            all[i % all.length] += x[i];
        }
        List<float[]> sums = under.runAll(() -> {
            Tensor t = engine.upload(x, views, tokens, channels);
            Tensor overViews = engine.sumViews(t);
            assertThat(overViews.shape()).containsExactly(tokens, channels);
            return List.of(engine.sumRows(t), overViews);
        });
        assertClose(sums.get(0), rows, TOLERANCE * Math.max(1, Math.sqrt(views * tokens) / 4));
        assertClose(sums.get(1), all, TOLERANCE);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 17, 7", "2, 301, 384"})
    void layerScale(int views, int tokens, int channels) {
        float[] x = random(8, views * tokens * channels);
        float[] residual = random(9, x.length);
        float[] dy = random(10, x.length);
        Parameter gamma = under.plain("gamma", channels);
        float[] factors = under.values(gamma);
        List<float[]> results = under.runAll(() -> {
            Tensor input = engine.upload(x, views, tokens, channels);
            Tensor gradient = engine.upload(dy, views, tokens, channels);
            LayerScaleGradients gradients = engine.layerScaleBackward(gradient, input, gamma);
            return List.of(
                    engine.layerScale(input, gamma, engine.upload(residual, views, tokens, channels)),
                    gradients.x(),
                    gradients.gamma());
        });
        double[] y = new double[x.length];
        double[] dx = new double[x.length];
        double[] dGamma = new double[channels];
        for (int i = 0; i < x.length; i++) {
            y[i] = residual[i] + (double) factors[i % channels] * x[i];
            dx[i] = (double) factors[i % channels] * dy[i];
            dGamma[i % channels] += (double) dy[i] * x[i];
        }
        assertClose(results.get(0), y, TOLERANCE);
        assertClose(results.get(1), dx, TOLERANCE);
        assertClose(results.get(2), dGamma, TOLERANCE * Math.max(1, Math.sqrt(views * tokens) / 4));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1", "1, 17, 7, 5", "3, 5, 11, 13", "2, 1, 1, 9", "2, 3, 9, 1"})
    void linear(int views, int tokens, int in, int out) {
        float[] x = random(4, views * tokens * in);
        float[] dy = random(5, views * tokens * out);
        Parameter weight = under.linear("linear", out, in);
        float[] w = under.values(weight);
        float[] dx = under.run(() -> engine.linearBackwardData(engine.upload(dy, views, tokens, out), weight));
        assertGradient(dx, NumericalGradients.of(t -> NaiveOperations.linear(t, doubles(w), null, in, out), x, dy));
        float[] dw = under.run(() -> {
            Tensor gradient = engine.linearBackwardWeight(
                    engine.upload(dy, views, tokens, out), engine.upload(x, views, tokens, in), weight);
            assertThat(gradient.shape()).isEqualTo(weight.shape());
            return gradient;
        });
        assertGradient(dw, NumericalGradients.of(t -> NaiveOperations.linear(doubles(x), t, null, in, out), w, dy));
    }

    @ParameterizedTest
    @CsvSource({"2, 17, 37, 53", "1, 1030, 33, 65", "1, 67, 300, 310"})
    void gradientsOfLinearAtOnce(int views, int tokens, int in, int out) {
        float[] x = random(4, views * tokens * in);
        float[] dy = random(5, views * tokens * out);
        Parameter weight = under.linear("linear", out, in);
        List<float[]> gradients = under.runAll(() -> {
            Tensor gradient = engine.upload(dy, views, tokens, out);
            Tensor input = engine.upload(x, views, tokens, in);
            LayerGradients all = engine.linearBackward(gradient, input, weight, new Wanted(true, true, true));
            LayerGradients one = engine.linearBackward(gradient, input, weight, new Wanted(false, true, false));
            LayerGradients two = engine.linearBackward(gradient, null, weight, new Wanted(true, false, true));
            assertThat(Arrays.asList(one.x(), one.bias(), two.weight())).containsOnlyNulls();
            return List.of(
                    engine.linearBackwardData(gradient, weight),
                    engine.linearBackwardWeight(gradient, input, weight),
                    engine.sumRows(gradient),
                    all.x(),
                    all.weight(),
                    all.bias(),
                    two.x(),
                    one.weight(),
                    two.bias());
        });
        for (int i = 3; i < gradients.size(); i++) {
            assertThat(gradients.get(i)).isEqualTo(gradients.get(i % 3));
        }
    }

    @Test
    void linearOverFeatureMapsAndPatches() {
        float[] x = random(6, 2 * 3 * 5 * 12);
        float[] dy = random(7, 2 * 3 * 5 * 4);
        Parameter weight = under.linear("patch_embed", 4, 3, 2, 2);
        float[] w = under.values(weight);
        List<float[]> gradients = under.runAll(() -> {
            Tensor gradient = engine.upload(dy, 2, 3, 5, 4);
            Tensor dx = engine.linearBackwardData(gradient, weight);
            Tensor dw = engine.linearBackwardWeight(gradient, engine.upload(x, 2, 3, 5, 12), weight);
            assertThat(dx.shape()).containsExactly(2, 3, 5, 12);
            assertThat(dw.shape()).containsExactly(4, 3, 2, 2);
            return List.of(dx, dw);
        });
        assertGradient(
                gradients.get(0),
                NumericalGradients.of(t -> NaiveOperations.linear(t, doubles(w), null, 12, 4), x, dy));
        assertGradient(
                gradients.get(1),
                NumericalGradients.of(t -> NaiveOperations.linear(doubles(x), t, null, 12, 4), w, dy));
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void activation(Activation activation) {
        float[] x = random(8, 3 * 5 * 7);
        for (int i = 0; i < 20; i++) {
            x[i] = (i - 10) * 0.7f + 0.01f; // far enough for GELU to become flat, without overflow of EXP
        }
        float[] dy = random(9, x.length);
        float[] dx = under.run(() -> {
            Tensor in = engine.upload(x, 3, 5, 7);
            Tensor out = engine.activate(in, activation);
            boolean gelu = activation == Activation.GELU;
            return engine.activationBackward(
                    engine.upload(dy, 3, 5, 7), gelu ? in : null, gelu ? null : out, activation);
        });
        UnaryOperator<double[]> naive = t -> NaiveOperations.activate(t, activation);
        assertGradient(dx, NumericalGradients.of(naive, x, dy));
    }

    @Test
    void reluHasZeroDerivativeAtZero() {
        float[] dx = under.run(() -> engine.activationBackward(
                engine.upload(new float[] {3, 3, 3}, 3),
                null,
                engine.activate(engine.upload(new float[] {-1, 0, 2}, 3), Activation.RELU),
                Activation.RELU));
        assertThat(dx).containsExactly(0, 0, 3);
    }

    @Test
    void geluIsConstantOrLinearFarFromZero() {
        float[] dx = under.run(() -> engine.activationBackward(
                engine.upload(new float[] {2, 2, 2, 2}, 4),
                engine.upload(new float[] {-1e30f, -40, 40, 1e30f}, 4),
                null,
                Activation.GELU));
        assertClose(dx, new double[] {0, 0, 2, 2}, 1e-6);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "3, 5, 7", "2, 17, 3"})
    void swiGlu(int views, int tokens, int half) {
        float[] x = random(10, views * tokens * 2 * half);
        float[] dy = random(11, views * tokens * half);
        float[] dx = under.run(() -> engine.swiGluBackward(
                engine.upload(dy, views, tokens, half), engine.upload(x, views, tokens, 2 * half)));
        assertGradient(dx, NumericalGradients.of(t -> NaiveOperations.swiGlu(t, half), x, dy));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 2, 0", "2, 17, 33, 0", "3, 5, 7, 10", "1, 7, 12, -30"})
    void layerNorm(int views, int tokens, int channels, float mean) {
        float[] x = random(12, views * tokens * channels);
        for (int i = 0; i < x.length; i++) {
            x[i] += mean;
        }
        float[] dy = random(13, x.length);
        Parameter weight = under.plain("norm.weight", channels);
        float[] gain = under.values(weight);
        float[] shift = under.values(under.plain("norm.bias", channels));
        List<float[]> gradients = under.runAll(() -> {
            LayerGradients all = engine.layerNormBackward(
                    engine.upload(dy, views, tokens, channels),
                    engine.upload(x, views, tokens, channels),
                    weight,
                    1e-3,
                    true);
            return List.of(all.x(), all.weight(), all.bias());
        });
        UnaryOperator<double[]> ofX = t -> NaiveOperations.layerNorm(t, gain, shift, 1e-3);
        UnaryOperator<double[]> ofGain = t -> NaiveOperations.layerNorm(doubles(x), t, doubles(shift), 1e-3);
        UnaryOperator<double[]> ofShift = t -> NaiveOperations.layerNorm(doubles(x), doubles(gain), t, 1e-3);
        assertGradient(gradients.get(0), NumericalGradients.of(ofX, x, dy));
        assertGradient(gradients.get(1), NumericalGradients.of(ofGain, gain, dy));
        assertGradient(gradients.get(2), NumericalGradients.of(ofShift, shift, dy));
    }

    @Test
    void layerNormOmitsUnrequestedGradients() {
        Parameter weight = under.plain("norm.weight", 7);
        engine.run(() -> {
            try (Scope scope = engine.scope()) {
                Tensor x = engine.upload(random(14, 21), 3, 7);
                LayerGradients gradients = engine.layerNormBackward(x, x, weight, 1e-6, false);
                assertThat(gradients.x().shape()).containsExactly(3, 7);
                assertThat(gradients.weight()).isNull();
                assertThat(gradients.bias()).isNull();
                return null;
            }
        });
    }
}
