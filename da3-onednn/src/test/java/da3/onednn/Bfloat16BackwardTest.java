package da3.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import da3.nn.Activation;
import da3.nn.Parameter;
import da3.nn.Precision;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.autograd.DifferentiableEngine;
import da3.nn.autograd.DifferentiableEngine.AttentionGradients;
import da3.nn.autograd.DifferentiableEngine.LayerGradients;
import da3.nn.autograd.DifferentiableEngine.LayerScaleGradients;
import da3.nn.autograd.DifferentiableEngine.Wanted;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the gradients of all operations in bfloat16 with float32, for odd shapes. */
class Bfloat16BackwardTest {

    /** Relative to the norm of a gradient: rounding factors to 8 bits, several times where terms cancel. */
    private static final double TOLERANCE = 1.5e-2;

    private static DifferentiableEngine exact;
    private static DifferentiableEngine rounded;

    @BeforeAll
    static void open() {
        Library.load();
        assumeTrue(Library.hasBfloat16());
        exact = new OneDnnEngine(2);
        rounded = new OneDnnEngine(2, Precision.BFLOAT16);
    }

    @AfterAll
    static void close() {
        if (exact != null) {
            exact.close();
            rounded.close();
        }
    }

    private static final Wanted ALL = new Wanted(true, true, true);

    /** An operation on a gradient of a shape. */
    private interface Operation {
        Tensor of(DifferentiableEngine engine, Tensor dy);
    }

    private record Case(int[] shape, Operation operation) {}

    private static Named<Case> of(String name, Operation operation, int... shape) {
        return Named.of(name, new Case(shape, operation));
    }

    static Stream<Named<Case>> operations() {
        return Stream.of(
                of("linear, data", (e, dy) -> e.linearBackwardData(dy, linear(e, 33, 65)), 2, 17, 33),
                of("linear, data of a map", (e, dy) -> e.linearBackwardData(dy, linear(e, 7, 31)), 2, 9, 5, 7),
                of("linear, weight", (e, dy) -> weight(e, dy, 65), 2, 17, 33),
                of("linear, weight of many rows", (e, dy) -> weight(e, dy, 9), 1, 1301, 33),
                of("linear, all, data", (e, dy) -> linearGradients(e, dy).x(), 2, 17, 33),
                of("linear, all, weight", (e, dy) -> linearGradients(e, dy).weight(), 2, 17, 33),
                of("linear, all, bias", (e, dy) -> linearGradients(e, dy).bias(), 2, 17, 33),
                of("function", (e, dy) -> e.activationBackward(dy, like(e, dy), null, Activation.GELU), 2, 17, 33),
                of("SwiGLU", (e, dy) -> e.swiGluBackward(dy, normed(e, upload(e, 1, 19, 66))), 1, 19, 33),
                of("norm", (e, dy) -> norm(e, dy).x(), 2, 7, 33),
                of("norm, weight", (e, dy) -> norm(e, dy).weight(), 2, 7, 33),
                of("sum", (e, dy) -> e.sumRows(normed(e, dy)), 2, 7, 33),
                of("sum of many rows", (e, dy) -> e.sumRows(normed(e, dy)), 1, 2100, 33),
                of("sum of views", (e, dy) -> e.sumViews(normed(e, dy)), 3, 7, 33),
                of("product", (e, dy) -> e.multiply(normed(e, dy), like(e, dy)), 2, 7, 33),
                of("layer scale", (e, dy) -> e.layerScale(normed(e, dy), plain(e, "g", 33), dy), 2, 7, 33),
                of("layer scale, data", (e, dy) -> layerScale(e, dy).x(), 2, 7, 33),
                of("layer scale, gamma", (e, dy) -> layerScale(e, dy).gamma(), 2, 7, 33),
                of("attention", (e, dy) -> attention(e, dy, 2, null, null).qkv(), 3, 31, 2 * 24),
                of(
                        "attention, normed",
                        (e, dy) -> attention(e, dy, 1, qkNorm(e, 32), null).qkv(),
                        1,
                        43,
                        32),
                of(
                        "attention, its norm",
                        (e, dy) -> attention(e, dy, 1, qkNorm(e, 32), null).qWeight(),
                        1,
                        43,
                        32),
                of(
                        "attention, rotary",
                        (e, dy) -> attention(e, dy, 2, null, turned(65, 64)).qkv(),
                        1,
                        65,
                        2 * 64),
                of("3x3, data", (e, dy) -> e.convolutionBackwardData(dy, conv(e, 9, 17), 1, 7, 5), 3, 7, 5, 9),
                of(
                        "3x3, data, stride 2",
                        (e, dy) -> e.convolutionBackwardData(dy, conv(e, 9, 17), 2, 7, 6),
                        3,
                        4,
                        3,
                        9),
                of("3x3, weight", (e, dy) -> weight(e, dy, 17, 1, 7, 5), 3, 7, 5, 9),
                of("3x3, all, data", (e, dy) -> convolutionGradients(e, dy).x(), 3, 7, 5, 9),
                of("3x3, all, weight", (e, dy) -> convolutionGradients(e, dy).weight(), 3, 7, 5, 9),
                of("3x3, all, bias", (e, dy) -> convolutionGradients(e, dy).bias(), 3, 7, 5, 9),
                of("3x3, weight of bands", (e, dy) -> weight(e, dy, 24, 1, 130, 301), 1, 130, 301, 16),
                of("3x3, weight, stride 2", (e, dy) -> weight(e, dy, 17, 2, 7, 6), 3, 4, 3, 9),
                of(
                        "transposed, data",
                        (e, dy) -> e.transposedConvolutionBackwardData(dy, transposed(e, 7, 9)),
                        3,
                        6,
                        10,
                        9),
                of("transposed, weight", Bfloat16BackwardTest::transposedWeight, 3, 6, 10, 9),
                of("resize", (e, dy) -> e.resizeBackward(normed(e, dy), 5, 7), 2, 17, 9, 3),
                of("data movement", Bfloat16BackwardTest::moved, 3, 5, 7));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void differsFromFloat32OnlyByRounding(Case c) {
        float[] expected = run(exact, c, 2);
        float[] actual = run(rounded, c, 2);
        assertThat(actual).hasSameSizeAs(expected);
        double error = 0;
        double size = 0;
        for (int i = 0; i < expected.length; i++) {
            error += Math.pow(actual[i] - expected[i], 2);
            size += Math.pow(expected[i], 2);
        }
        assertThat(Math.sqrt(error / size)).isLessThan(TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void isDeterministic(Case c) {
        assertThat(run(rounded, c, 3)).isEqualTo(run(rounded, c, 3));
    }

    @Test
    void gradientsOfParametersAreFloat32() {
        rounded.run(() -> {
            try (Scope scope = rounded.scope()) {
                Tensor tokens = upload(rounded, 2, 17, 33);
                Tensor map = upload(rounded, 2, 7, 5, 9);
                assertFloat32(
                        weight(rounded, tokens, 65),
                        rounded.sumRows(normed(rounded, tokens)),
                        norm(rounded, tokens).weight(),
                        norm(rounded, tokens).bias(),
                        layerScale(rounded, tokens).gamma(),
                        attention(rounded, upload(rounded, 1, 5, 32), 1, qkNorm(rounded, 32), null)
                                .kBias(),
                        weight(rounded, map, 17, 1, 7, 5),
                        transposedWeight(rounded, upload(rounded, 1, 6, 10, 9)));
                return null;
            }
        });
    }

    private static void assertFloat32(Tensor... gradients) {
        assertThat(Arrays.stream(gradients).map(g -> ((OneDnnTensor) g).precision))
                .containsOnly(Precision.FLOAT32);
    }

    private static float[] run(DifferentiableEngine engine, Case c, long seed) {
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                float[] dy = RandomWeights.values(seed, OneDnnTensor.product(c.shape));
                return engine.download(c.operation.of(engine, engine.upload(dy, c.shape)));
            }
        });
    }

    private static Tensor upload(DifferentiableEngine e, int... shape) {
        return e.upload(RandomWeights.values(9, OneDnnTensor.product(shape)), shape);
    }

    private static Tensor like(DifferentiableEngine e, Tensor x) {
        return upload(e, x.shape());
    }

    private static Parameter plain(DifferentiableEngine e, String name, int size) {
        return e.parameter(new RandomWeights(), name, Parameter.Role.PLAIN, size);
    }

    /** Returns a tensor in the precision of the engine. */
    private static Tensor normed(DifferentiableEngine e, Tensor x) {
        return e.layerNorm(x, plain(e, "g", x.size(-1)), plain(e, "b", x.size(-1)), 1e-5);
    }

    private static Parameter linear(DifferentiableEngine e, int out, int in) {
        return e.parameter(new RandomWeights(), "w", Parameter.Role.LINEAR, out, in);
    }

    private static Parameter conv(DifferentiableEngine e, int out, int in) {
        return e.parameter(new RandomWeights(), "c", Parameter.Role.CONVOLUTION, out, in, 3, 3);
    }

    private static Parameter transposed(DifferentiableEngine e, int in, int out) {
        return e.parameter(new RandomWeights(), "t", Parameter.Role.TRANSPOSED_CONVOLUTION, in, out, 2, 2);
    }

    private static Tensor weight(DifferentiableEngine e, Tensor dy, int in) {
        Tensor x = normed(e, upload(e, dy.size(0), dy.size(1), in));
        return e.linearBackwardWeight(dy, x, linear(e, dy.size(-1), in));
    }

    private static Tensor weight(DifferentiableEngine e, Tensor dy, int in, int stride, int rows, int columns) {
        Tensor x = upload(e, dy.size(0), rows, columns, in);
        return e.convolutionBackwardWeight(dy, x, conv(e, dy.size(-1), in), stride);
    }

    private static LayerGradients linearGradients(DifferentiableEngine e, Tensor dy) {
        Tensor x = normed(e, upload(e, dy.size(0), dy.size(1), 65));
        return e.linearBackward(dy, x, linear(e, dy.size(-1), 65), ALL);
    }

    private static LayerGradients convolutionGradients(DifferentiableEngine e, Tensor dy) {
        Tensor x = upload(e, dy.size(0), dy.size(1), dy.size(2), 17);
        return e.convolutionBackward(dy, x, conv(e, dy.size(-1), 17), 1, x.size(1), x.size(2), ALL);
    }

    private static Tensor transposedWeight(DifferentiableEngine e, Tensor dy) {
        Tensor x = upload(e, dy.size(0), dy.size(1) / 2, dy.size(2) / 2, 7);
        return e.transposedConvolutionBackwardWeight(dy, x, transposed(e, 7, dy.size(3)));
    }

    private static LayerGradients norm(DifferentiableEngine e, Tensor dy) {
        return e.layerNormBackward(normed(e, dy), like(e, dy), plain(e, "g", dy.size(-1)), 1e-5, true);
    }

    private static LayerScaleGradients layerScale(DifferentiableEngine e, Tensor dy) {
        return e.layerScaleBackward(dy, normed(e, dy), plain(e, "g", dy.size(-1)));
    }

    private static AttentionGradients attention(
            DifferentiableEngine e, Tensor dy, int heads, QkNorm norm, RotaryPositions positions) {
        Tensor qkv = upload(e, dy.size(0), dy.size(1), 3 * dy.size(2));
        Tensor y = e.attention(qkv, heads, norm, positions);
        return e.attentionBackward(dy, y, qkv, heads, norm, positions, true);
    }

    private static QkNorm qkNorm(DifferentiableEngine e, int headDim) {
        Parameter gain = plain(e, "g", headDim);
        Parameter shift = plain(e, "b", headDim);
        return new QkNorm(gain, shift, gain, shift, 1e-5);
    }

    private static RotaryPositions turned(int tokens, int headDim) {
        int[] row = IntStream.range(0, tokens).map(t -> t / 7).toArray();
        int[] column = IntStream.range(0, tokens).map(t -> t % 7).toArray();
        return RotaryPositions.of(row, column, headDim, 100);
    }

    private static Tensor moved(DifferentiableEngine e, Tensor dy) {
        Tensor some = e.channels(normed(e, dy), 2, 6);
        Tensor views = e.reorderViewsBackward(some, new int[] {3, 0, 3}, 4);
        return e.tokensBackward(views, 2, 9);
    }
}
