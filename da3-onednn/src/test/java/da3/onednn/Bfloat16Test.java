package da3.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import da3.nn.Activation;
import da3.nn.Engine;
import da3.nn.Parameter;
import da3.nn.Precision;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;
import da3.nn.Scope;
import da3.nn.Tensor;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares all operations in bfloat16 with float32, for odd shapes. */
class Bfloat16Test {

    /** Half a unit in the last place of bfloat16: the maximum relative rounding error. */
    private static final double ROUNDING = 1.0 / 256;

    private static Engine exact;
    private static Engine rounded;

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

    /** An operation on random values of a shape. */
    private interface Operation {
        Tensor of(Engine engine, Tensor x);
    }

    private record Case(int[] shape, Operation operation) {}

    private static Named<Case> of(String name, Operation operation, int... shape) {
        return Named.of(name, new Case(shape, operation));
    }

    static Stream<Named<Case>> operations() {
        return Stream.of(
                of("linear", (e, x) -> linear(e, x, 33, Activation.NONE), 2, 17, 65),
                of("linear, GELU", (e, x) -> linear(e, x, 130, Activation.GELU), 1, 301, 64),
                of("linear with residual", (e, x) -> residual(e, x, 65), 3, 5, 65),
                of("1x1", (e, x) -> linear(e, x, 7, Activation.RELU), 2, 9, 5, 31),
                of("attention", (e, x) -> e.attention(x, 2, null, null), 3, 31, 3 * 2 * 24),
                of("attention, normed", (e, x) -> e.attention(x, 1, norm(e, 32), null), 1, 43, 3 * 32),
                of("attention, rotary", (e, x) -> e.attention(x, 2, null, turned(65, 64)), 1, 65, 3 * 2 * 64),
                of("attention, both", (e, x) -> e.attention(x, 1, norm(e, 16), turned(1025, 16)), 1, 1025, 3 * 16),
                of("attention, 64 keys", (e, x) -> e.attention(x, 5, null, null), 2, 64, 3 * 5 * 16),
                of("attention, 250 keys", (e, x) -> e.attention(x, 5, null, null), 1, 250, 3 * 5 * 16),
                of("attention, 256 keys", (e, x) -> e.attention(x, 3, norm(e, 16), null), 2, 256, 3 * 3 * 16),
                of("3x3", (e, x) -> conv(e, x, Activation.NONE, 9, 1, Activation.NONE), 3, 7, 5, 17),
                of(
                        "3x3 between functions",
                        (e, x) -> conv(e, x, Activation.RELU, 2, 1, Activation.GELU),
                        1,
                        130,
                        301,
                        24),
                of("3x3, stride 2", (e, x) -> conv(e, x, Activation.RELU, 5, 2, Activation.RELU), 1, 5, 7, 3),
                of("two 3x3 around a sum", Bfloat16Test::unit, 2, 9, 13, 32),
                of("transposed, 2", (e, x) -> transposed(e, x, 9, 2), 3, 3, 5, 7),
                of("transposed, 4", (e, x) -> transposed(e, x, 4, 4), 2, 5, 3, 9),
                of("resize", (e, x) -> e.resize(x, 17, 9), 2, 5, 7, 3),
                of("resize of a map", (e, x) -> e.resize(e.resize(x, 9, 4), 5, 7), 2, 5, 9, 5),
                of("norm", (e, x) -> e.layerNorm(x, plain(e, "g", 33), plain(e, "b", 33), 1e-5), 2, 7, 33),
                of("SwiGLU", (e, x) -> e.swiGlu(normed(e, x)), 1, 19, 66),
                of("UV", (e, x) -> e.addUv(normed(e, x), upload(e, 5, 3), upload(e, 7, 3)), 2, 7, 5, 6),
                of("sum of both", (e, x) -> e.add(e.activate(normed(e, x), Activation.EXP), normed(e, x)), 1, 7, 9),
                of("channels of both", (e, x) -> e.concatChannels(x, normed(e, x)), 3, 5, 7),
                of("tokens of both", (e, x) -> e.concatTokens(normed(e, x), x), 3, 5, 7),
                of("views and tokens", (e, x) -> e.tokens(e.views(normed(e, x), 1, 3), 1, 4), 3, 5, 7),
                of("patches", (e, x) -> e.patches(x, 2), 2, 3, 4, 6),
                of("channels last", Engine::channelsLast, 2, 3, 5, 7));
    }

    /** Factors and results lose up to half a unit each; attention scores more, where they are large. */
    @ParameterizedTest
    @MethodSource("operations")
    void differsFromFloat32OnlyByRounding(Case c) {
        float[] expected = run(exact, c, 2);
        float[] actual = run(rounded, c, 2);
        double size = Math.sqrt(sum(expected, i -> (double) expected[i] * expected[i]));
        double error = Math.sqrt(sum(expected, i -> Math.pow(actual[i] - expected[i], 2)));
        assertThat(actual).hasSameSizeAs(expected);
        assertThat(error / size).isBetween(ROUNDING / 16, 3 * ROUNDING);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void isDeterministic(Case c) {
        float[] once = run(rounded, c, 3);
        assertThat(run(rounded, c, 3)).isEqualTo(once);
        try (Engine alone = new OneDnnEngine(1, Precision.BFLOAT16)) {
            assertThat(run(alone, c, 3)).isEqualTo(once);
        }
    }

    static Stream<Named<Case>> onSeveralViews() {
        return operations().filter(c -> c.getPayload().shape.length == 4 && c.getPayload().shape[0] > 1);
    }

    @ParameterizedTest
    @MethodSource("onSeveralViews")
    void aViewDoesNotDependOnOtherViews(Case c) {
        int[] one = c.shape.clone();
        one[0] = 1;
        float[] together = run(rounded, c, 6);
        float[] first = run(rounded, new Case(one, c.operation), 6); // the seed's first values are the first view's
        assertThat(Arrays.copyOf(together, first.length)).isEqualTo(first);
    }

    /** Cameras are decoded from vectors, which are few. */
    @Test
    void vectorsAreNotRounded() {
        Case c = new Case(new int[] {3, 64}, (e, x) -> linear(e, normed(e, x), 9, Activation.RELU));
        assertThat(run(rounded, c, 4)).isEqualTo(run(exact, c, 4));
    }

    /** A weight serves both tokens and vectors in the precision of its first use. */
    @Test
    void aWeightKeepsThePrecisionOfItsFirstUse() {
        Case tokens = new Case(new int[] {1, 48, 96}, (e, x) -> {
            Parameter weight = e.parameter(new RandomWeights(), "w", Parameter.Role.LINEAR, 32, 96);
            Tensor first = e.linear(x, weight, null, Activation.NONE);
            Tensor second = e.linear(e.reshape(x, 48, 96), weight, null, Activation.NONE);
            return e.concatChannels(e.reshape(first, 48, 32), second);
        });
        float[] both = run(rounded, tokens, 5);
        for (int i = 0; i < both.length; i += 64) {
            assertThat(both[i]).isCloseTo(both[i + 32], within((float) ROUNDING * Math.abs(both[i + 32])));
        }
    }

    private static float[] run(Engine engine, Case c, long seed) {
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                float[] x = RandomWeights.values(seed, OneDnnTensor.product(c.shape));
                return engine.download(c.operation.of(engine, engine.upload(x, c.shape)));
            }
        });
    }

    private static double sum(float[] values, IntToDoubleFunction term) {
        return IntStream.range(0, values.length).mapToDouble(term).sum();
    }

    private static Parameter plain(Engine e, String name, int size) {
        return e.parameter(new RandomWeights(), name, Parameter.Role.PLAIN, size);
    }

    private static Tensor upload(Engine e, int... shape) {
        return e.upload(RandomWeights.values(9, OneDnnTensor.product(shape)), shape);
    }

    /** Returns a tensor in the precision of the engine. */
    private static Tensor normed(Engine e, Tensor x) {
        return e.layerNorm(x, plain(e, "g", x.size(-1)), plain(e, "b", x.size(-1)), 1e-5);
    }

    private static Tensor linear(Engine e, Tensor x, int out, Activation activation) {
        Parameter weight = e.parameter(new RandomWeights(), "w", Parameter.Role.LINEAR, out, x.size(-1));
        return e.linear(x, weight, plain(e, "b", out), activation);
    }

    private static Tensor residual(Engine e, Tensor x, int out) {
        Parameter weight = e.parameter(new RandomWeights(), "w", Parameter.Role.LINEAR, out, x.size(-1));
        return e.linearResidual(normed(e, x), weight, plain(e, "b", out), plain(e, "g", out), x);
    }

    private static Tensor conv(Engine e, Tensor x, Activation before, int out, int stride, Activation after) {
        Parameter weight = e.parameter(new RandomWeights(), "c", Parameter.Role.CONVOLUTION, out, x.size(3), 3, 3);
        return e.convolution(x, before, weight, plain(e, "b", out), stride, null, after);
    }

    private static Tensor unit(Engine e, Tensor x) {
        Parameter weight = e.parameter(new RandomWeights(), "c", Parameter.Role.CONVOLUTION, 32, 32, 3, 3);
        Tensor y = e.convolution(x, Activation.RELU, weight, null, 1, null, Activation.RELU);
        return e.convolution(y, Activation.NONE, weight, null, 1, y, Activation.NONE);
    }

    private static Tensor transposed(Engine e, Tensor x, int out, int k) {
        Parameter weight =
                e.parameter(new RandomWeights(), "t", Parameter.Role.TRANSPOSED_CONVOLUTION, x.size(3), out, k, k);
        return e.transposedConvolution(x, weight, plain(e, "b", out));
    }

    private static QkNorm norm(Engine e, int headDim) {
        Parameter gain = plain(e, "g", headDim);
        Parameter shift = plain(e, "b", headDim);
        return new QkNorm(gain, shift, gain, shift, 1e-5);
    }

    private static RotaryPositions turned(int tokens, int headDim) {
        int[] row = IntStream.range(0, tokens).map(t -> t / 7).toArray();
        int[] column = IntStream.range(0, tokens).map(t -> t % 7).toArray();
        return RotaryPositions.of(row, column, headDim, 100);
    }
}
