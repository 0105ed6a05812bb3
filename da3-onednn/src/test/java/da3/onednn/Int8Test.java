package da3.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import da3.nn.Activation;
import da3.nn.Engine;
import da3.nn.Parameter;
import da3.nn.Precision;
import da3.nn.Scope;
import da3.nn.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares linear maps of tokens and 3x3 convolutions in int8 with float32, for odd shapes. */
class Int8Test {

    /** Enough inputs for 8-bit integers on every processor. */
    private static final int IN = 768;

    private static OneDnnEngine exact;
    private static OneDnnEngine quantized;

    @BeforeAll
    static void open() {
        Library.load();
        assumeTrue(Library.supports(Precision.INT8));
        exact = new OneDnnEngine(2);
        quantized = new OneDnnEngine(2, Precision.INT8);
    }

    @AfterAll
    static void close() {
        if (exact != null) {
            exact.close();
            quantized.close();
        }
    }

    private record Linear(int out, boolean biased, boolean residual, Activation activation) {
        float[] of(Engine engine, float[] x, int... shape) {
            return engine.run(() -> {
                try (Scope scope = engine.scope()) {
                    int in = shape[shape.length - 1];
                    Parameter weight = engine.parameter(new RandomWeights(), "w", Parameter.Role.LINEAR, out, in);
                    Parameter bias = biased ? plain(engine, "b") : null;
                    Tensor tokens = engine.upload(x, shape);
                    if (!residual) {
                        return engine.download(engine.linear(tokens, weight, bias, activation));
                    }
                    int[] result = shape.clone();
                    result[shape.length - 1] = out;
                    Tensor sum = engine.upload(RandomWeights.values(8, OneDnnTensor.product(result)), result);
                    return engine.download(engine.linearResidual(tokens, weight, bias, plain(engine, "g"), sum));
                }
            });
        }

        private Parameter plain(Engine engine, String name) {
            return engine.parameter(new RandomWeights(), name, Parameter.Role.PLAIN, out);
        }
    }

    /**
     * A uniform value has a rounding error of 1 / (127 sqrt(12)) of the largest one, in both factors of a product; the
     * largest of many is about sqrt(3) times the root mean square.
     */
    @ParameterizedTest
    @CsvSource({
        "1, 301, 768, 33, true, false, NONE",
        "2, 17, 832, 130, true, false, GELU",
        "3, 5, 1088, 65, false, false, RELU",
        "1, 1, 768, 16, true, true, NONE",
        "2, 257, 960, 48, true, true, NONE",
        "1, 64, 768, 96, false, true, NONE",
        "1, 301, 128, 33, true, false, NONE", // with AMX, this map and the next one are in bfloat16
        "2, 257, 320, 48, true, true, NONE",
    })
    void differsFromFloat32OnlyByRounding(
            int views, int tokens, int in, int out, boolean biased, boolean residual, Activation activation) {
        Linear map = new Linear(out, biased, residual, activation);
        float[] x = RandomWeights.values(3, views * tokens * in);
        float[] expected = map.of(exact, x, views, tokens, in);
        float[] actual = map.of(quantized, x, views, tokens, in);
        assertThat(relativeError(actual, expected)).isBetween(1e-4, 0.02);
        assertThat(map.of(quantized, x, views, tokens, in)).isEqualTo(actual);
    }

    /** oneDNN computes some of these sums wrong on processors with AMX. */
    @ParameterizedTest
    @CsvSource({"65, 48", "68, 64", "136, 40", "1540, 200"})
    void mapsOfOtherNumbersOfInputsAreNotQuantized(int in, int out) {
        Linear map = new Linear(out, true, false, Activation.NONE);
        float[] x = RandomWeights.values(3, 301 * in);
        assertThat(relativeError(map.of(quantized, x, 1, 301, in), map.of(exact, x, 1, 301, in)))
                .isBetween(0.0, 0.006);
    }

    @ParameterizedTest
    @CsvSource({"64, false", "704, false", "768, true", "800, false", "832, true", "3072, true"})
    void quantizesWhereIntegersAreFasterOrSmaller(int in, boolean withAmx) {
        Parameter weight = exact.parameter(new RandomWeights(), "w", Parameter.Role.LINEAR, 8, in);
        assertThat(QuantizedLinear.accepts(weight)).isEqualTo(Library.hasAmx() ? withAmx : in % 64 == 0);
    }

    private record Convolution(
            String name, Activation before, int out, int stride, boolean residual, Activation after) {
        float[] of(Engine engine, float[] x, int... shape) {
            return engine.run(() -> {
                try (Scope scope = engine.scope()) {
                    Parameter weight = engine.parameter(
                            new RandomWeights(), name, Parameter.Role.CONVOLUTION, out, shape[3], 3, 3);
                    Parameter bias =
                            residual ? null : engine.parameter(new RandomWeights(), "b", Parameter.Role.PLAIN, out);
                    int rows = (shape[1] + stride - 1) / stride;
                    int columns = (shape[2] + stride - 1) / stride;
                    Tensor sum = residual
                            ? engine.upload(
                                    RandomWeights.values(8, shape[0] * rows * columns * out),
                                    shape[0],
                                    rows,
                                    columns,
                                    out)
                            : null;
                    Tensor map = engine.upload(x, shape);
                    return engine.download(engine.convolution(map, before, weight, bias, stride, sum, after));
                }
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 7, 5, 17, NONE, 9, 1, false, NONE",
        "2, 9, 13, 32, RELU, 32, 1, true, RELU",
        "1, 31, 24, 16, RELU, 40, 2, false, GELU",
        "3, 1, 1, 64, NONE, 16, 1, true, NONE",
    })
    void convolutionsDifferFromFloat32OnlyByRounding(
            int views,
            int height,
            int width,
            int in,
            Activation before,
            int out,
            int stride,
            boolean residual,
            Activation after) {
        Convolution convolution = new Convolution("c", before, out, stride, residual, after);
        float[] x = RandomWeights.values(5, views * height * width * in);
        float[] expected = convolution.of(exact, x, views, height, width, in);
        float[] actual = convolution.of(quantized, x, views, height, width, in);
        assertThat(relativeError(actual, expected)).isBetween(1e-4, 0.02);
        assertThat(convolution.of(quantized, x, views, height, width, in)).isEqualTo(actual);
        float[] alone = convolution.of(quantized, Arrays.copyOf(x, x.length / views), 1, height, width, in);
        if (!residual) {
            assertThat(alone).isEqualTo(Arrays.copyOf(actual, alone.length));
        }
        try (OneDnnEngine oneThread = new OneDnnEngine(1, Precision.INT8)) {
            assertThat(convolution.of(oneThread, x, views, height, width, in)).isEqualTo(actual);
        }
    }

    /** Images have three channels; features of rays have outliers. */
    @Test
    void convolutionsOfImagesAndRaysAreNotQuantized() {
        assumeTrue(OneDnnEngine.productPrecision(Precision.INT8) == Precision.FLOAT32);
        Convolution convolution = new Convolution("c", Activation.NONE, 16, 1, false, Activation.GELU);
        float[] x = RandomWeights.values(5, 8 * 9 * 3);
        assertThat(convolution.of(quantized, x, 1, 8, 9, 3)).isEqualTo(convolution.of(exact, x, 1, 8, 9, 3));
        Convolution ofRays =
                new Convolution("scratch.refinenet1_aux.c", Activation.RELU, 16, 1, false, Activation.NONE);
        float[] features = RandomWeights.values(5, 8 * 9 * 32);
        assertThat(ofRays.of(quantized, features, 1, 8, 9, 32)).isEqualTo(ofRays.of(exact, features, 1, 8, 9, 32));
    }

    @Test
    void aTokenDoesNotDependOnOthersOrOnThreads() {
        Linear map = new Linear(40, true, false, Activation.GELU);
        float[] x = RandomWeights.values(4, 100 * IN);
        float[] all = map.of(quantized, x, 1, 100, IN);
        float[] spiked = x.clone();
        Arrays.fill(spiked, 50 * IN, 51 * IN, 1000f);
        assertThat(Arrays.copyOf(map.of(quantized, spiked, 1, 100, IN), 50 * 40))
                .isEqualTo(Arrays.copyOf(all, 50 * 40));
        assertThat(map.of(quantized, Arrays.copyOf(x, 7 * IN), 1, 7, IN)).isEqualTo(Arrays.copyOf(all, 7 * 40));
        try (OneDnnEngine alone = new OneDnnEngine(1, Precision.INT8)) {
            assertThat(map.of(alone, x, 1, 100, IN)).isEqualTo(all);
        }
    }

    /** Integers that fit are exact, and a token of zeros gives the bias, rounded to the precision of results. */
    @Test
    void integersAreExact() {
        Linear map = new Linear(16, true, false, Activation.NONE);
        float[] x = new float[3 * IN];
        for (int i = 0; i < IN; i++) {
            x[i] = 127 - 4 * (i % 64);
            x[IN + i] = -127 + i % 64;
        }
        float[] bias = map.of(exact, new float[IN], 1, 1, IN);
        float[] actual = map.of(quantized, x, 1, 3, IN);
        double rounding = OneDnnEngine.productPrecision(Precision.INT8) == Precision.FLOAT32 ? 1e-6 : 1.0 / 256;
        for (int i = 0; i < 16; i++) {
            assertThat(actual[2 * 16 + i]).isCloseTo(bias[i], within((float) rounding * Math.abs(bias[i])));
        }
        byte[] integers = new byte[64];
        assertThat(QuantizedWeight.quantize(Arrays.copyOf(x, 64), integers)).isEqualTo(1);
        assertThat(integers).startsWith(127, 123, 119).endsWith(-121, -125);
    }

    /** Vectors per view are decoded to cameras; feature maps become the results. */
    @Test
    void vectorsAndMapsAreNotQuantized() {
        Linear map = new Linear(24, true, false, Activation.RELU);
        float[] x = RandomWeights.values(6, 6 * IN);
        assertThat(map.of(quantized, x, 6, IN)).isEqualTo(map.of(exact, x, 6, IN));
        assumeTrue(OneDnnEngine.productPrecision(Precision.INT8) == Precision.FLOAT32);
        assertThat(map.of(quantized, x, 1, 2, 3, IN)).isEqualTo(map.of(exact, x, 1, 2, 3, IN));
    }

    @Test
    void reportsItsPrecisionAndRejectsTraining() {
        assertThat(quantized.precision()).isEqualTo("int8");
        assertThat(quantized.description()).contains("int8, 2 threads");
        assertThatThrownBy(() -> quantized.trainedParameter(new RandomWeights(), "w", Parameter.Role.LINEAR, 3, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("precision of an engine for training must be float32 or bfloat16, got int8");
    }

    static double relativeError(float[] actual, float[] expected) {
        double error = 0;
        double size = 0;
        for (int i = 0; i < expected.length; i++) {
            error += Math.pow(actual[i] - expected[i], 2);
            size += (double) expected[i] * expected[i];
        }
        return Math.sqrt(error / size);
    }
}
