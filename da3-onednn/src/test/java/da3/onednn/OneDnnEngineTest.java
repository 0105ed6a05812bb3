package da3.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.nn.Activation;
import da3.nn.Engine;
import da3.nn.EngineProvider;
import da3.nn.Parameter;
import da3.nn.Precision;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.autograd.DifferentiableEngine.LayerGradients;
import da3.nn.autograd.DifferentiableEngine.Wanted;
import java.util.Arrays;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneDnnEngineTest {

    @Test
    void describesItself() {
        try (Engine engine = new OneDnnEngine(2)) {
            assertThat(engine.name()).isEqualTo("onednn");
            assertThat(engine.threads()).isEqualTo(2);
            assertThat(engine.precision()).isEqualTo("float32");
            assertThat(engine.description()).matches("oneDNN 3\\..* with AVX.*, float32, 2 threads");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void rejectsFewerThanOneThread(int threads) {
        assertThatThrownBy(() -> new OneDnnEngine(threads))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("threads must be at least 1, got " + threads);
    }

    @Test
    void isFoundByName() {
        EngineProvider provider = ServiceLoader.load(EngineProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(p -> p.name().equals("onednn"))
                .findFirst()
                .orElseThrow();
        try (Engine engine = provider.create(1, Precision.FLOAT32)) {
            assertThat(engine).isInstanceOf(OneDnnEngine.class);
            assertThat(engine.name()).isEqualTo(provider.name());
        }
    }

    @Test
    void closesOnce() {
        Engine engine = new OneDnnEngine(2);
        engine.close();
        engine.close();
        assertThatThrownBy(() -> engine.run(() -> 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("onednn", "closed");
    }

    @Test
    void closingReleasesScopesLeftOpen() {
        Engine engine = new OneDnnEngine(1);
        OneDnnTensor lost = engine.run(() -> {
            engine.scope();
            return (OneDnnTensor) engine.upload(new float[5], 5);
        });
        engine.close();
        assertThat(lost.storage.users).isZero();
        assertThat(lost.storage.block.memory().isClosed()).isTrue();
    }

    @Test
    void concurrentCallersGetTheirOwnResults() {
        try (Engine engine = new OneDnnEngine(2)) {
            double[] sums = IntStream.range(0, 64)
                    .parallel()
                    .mapToDouble(i -> sumOfTwice(engine, i))
                    .toArray();
            assertThat(sums)
                    .containsExactly(
                            IntStream.range(0, 64).mapToDouble(i -> 200.0 * i).toArray());
        }
    }

    @Test
    void enginesAreIndependent() {
        try (Engine a = new OneDnnEngine(1);
                Engine b = new OneDnnEngine(2)) {
            assertThat(sumOfTwice(a, 3)).isEqualTo(sumOfTwice(b, 3));
            b.close();
            assertThat(sumOfTwice(a, 4)).isEqualTo(800);
        }
    }

    @Test
    void anExceptionLeavesTheEngineUsable() {
        try (Engine engine = new OneDnnEngine(1)) {
            OneDnnTensor[] lost = new OneDnnTensor[1];
            assertThatThrownBy(() -> engine.run(() -> {
                        try (Scope outer = engine.scope()) {
                            lost[0] = (OneDnnTensor) engine.upload(new float[37], 37);
                            engine.scope(); // left open
                            throw new IllegalArgumentException("expected");
                        }
                    }))
                    .hasMessage("expected");
            assertThat(lost[0].storage.users).isZero();
            assertThat(sumOfTwice(engine, 1)).isEqualTo(200);
        }
    }

    /** Otherwise native memory beyond the end of a tensor would be read. */
    @Test
    void rejectsRangesOutsideATensor() {
        try (Engine engine = new OneDnnEngine(1)) {
            Parameter narrow = engine.parameter(new RandomWeights(), "c", Parameter.Role.CONVOLUTION, 8, 4, 3, 3);
            Parameter gain = engine.parameter(new RandomWeights(), "g", Parameter.Role.PLAIN, 4);
            engine.run(() -> {
                try (Scope scope = engine.scope()) {
                    Tensor x = engine.upload(new float[2 * 3 * 5], 2, 3, 5);
                    Tensor four = engine.upload(new float[8], 2, 4, 1);
                    Tensor map = engine.reshape(x, 1, 2, 3, 5);
                    assertRejected(() -> engine.tokens(x, 1, 4), "must be within 0 to 30");
                    assertRejected(() -> engine.tokens(x, -1, 2), "must be within 0 to 30");
                    assertRejected(() -> engine.views(x, 1, 3), "must be within 0 to 30");
                    assertRejected(() -> engine.reorderViews(x, new int[] {0, 2}), "must be within 0 to 30");
                    assertRejected(() -> engine.add(x, four), "30 values are not a multiple of 8");
                    assertRejected(() -> engine.concatChannels(x, four), "Tensor[2, 3, 5] and Tensor[2, 4, 1]");
                    assertRejected(() -> engine.concatTokens(x, four), "Tensor[2, 3, 5] and Tensor[2, 4, 1]");
                    assertRejected(
                            () -> engine.layerNorm(x, gain, gain, 1e-5), "number of values of g must be 5, got 4");
                    assertRejected(
                            () -> engine.convolution(map, Activation.NONE, narrow, null, 1, null, Activation.NONE),
                            "input of c must be 4 channels, got Tensor[1, 2, 3, 5]");
                    return null;
                }
            });
        }
    }

    private static void assertRejected(ThrowingCallable operation, String message) {
        assertThatThrownBy(operation)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16})
    void resultsDoNotDependOnTheNumberOfThreads(int threads) {
        try (Engine two = new OneDnnEngine(2);
                Engine other = new OneDnnEngine(threads)) {
            assertThat(mixed(other)).isEqualTo(mixed(two));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void gradientsDoNotDependOnTheNumberOfThreads(int threads) {
        try (OneDnnEngine two = new OneDnnEngine(2);
                OneDnnEngine other = new OneDnnEngine(threads)) {
            assertThat(gradients(other)).isDeepEqualTo(gradients(two));
        }
    }

    /** Returns the gradients of a convolution and of a linear map of a large feature map. */
    private static float[][] gradients(OneDnnEngine engine) {
        Parameter weight = engine.parameter(new RandomWeights(), "d", Parameter.Role.CONVOLUTION, 72, 64, 3, 3);
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                Tensor x = engine.upload(RandomWeights.values(1, 47 * 90 * 64), 1, 47, 90, 64);
                Tensor dy = engine.upload(RandomWeights.values(2, 47 * 90 * 72), 1, 47, 90, 72);
                Wanted all = new Wanted(true, true, true);
                LayerGradients convolution = engine.convolutionBackward(dy, x, weight, 1, 47, 90, all);
                Parameter matrix = engine.parameter(new RandomWeights(), "w", Parameter.Role.LINEAR, 72, 64);
                LayerGradients linear = engine.linearBackward(dy, x, matrix, all);
                return Stream.of(convolution, linear)
                        .flatMap(gradients -> Stream.of(gradients.x(), gradients.weight(), gradients.bias()))
                        .map(engine::download)
                        .toArray(float[][]::new);
            }
        });
    }

    /** Runs a product, attention, a convolution, a norm, a resize, and a convolution of a larger map. */
    private static float[] mixed(Engine engine) {
        Parameter weight = engine.parameter(new RandomWeights(), "w", Parameter.Role.LINEAR, 3 * 64, 48);
        Parameter conv = engine.parameter(new RandomWeights(), "c", Parameter.Role.CONVOLUTION, 64, 64, 3, 3);
        Parameter wide = engine.parameter(new RandomWeights(), "d", Parameter.Role.CONVOLUTION, 72, 64, 3, 3);
        Parameter gain = engine.parameter(new RandomWeights(), "g", Parameter.Role.PLAIN, 64);
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                Tensor x = engine.upload(RandomWeights.values(5, 301 * 48), 1, 301, 48);
                Tensor qkv = engine.linear(x, weight, null, Activation.GELU);
                Tensor map = engine.reshape(engine.attention(qkv, 2, null, null), 1, 7, 43, 64);
                Tensor y = engine.convolution(map, Activation.RELU, conv, gain, 1, null, Activation.NONE);
                Tensor resized = engine.resize(engine.layerNorm(y, gain, gain, 1e-5), 47, 90);
                return engine.download(
                        engine.convolution(resized, Activation.NONE, wide, null, 1, null, Activation.RELU));
            }
        });
    }

    private static double sumOfTwice(Engine engine, int value) {
        float[] values = new float[100];
        Arrays.fill(values, value);
        float[] twice = engine.run(() -> {
            try (Scope scope = engine.scope()) {
                return engine.download(engine.add(engine.upload(values, 100), engine.upload(values, 100)));
            }
        });
        return IntStream.range(0, 100).mapToDouble(i -> twice[i]).sum();
    }
}
