package da3.nn;

import static da3.nn.EngineUnderTest.assertClose;
import static da3.nn.EngineUnderTest.random;
import static da3.nn.NaiveOperations.doubles;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares operations on images and feature maps with their definitions, and checks that views are independent. */
class FeatureMapOperationsTest {

    /** Sums of order 1 of up to 600 terms with a rounding error of 6e-8 each. */
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
    @CsvSource({
        "1, 1, 1, 1, 1, 1",
        "2, 1, 1, 3, 5, 1",
        "1, 1, 9, 3, 5, 1",
        "1, 9, 1, 3, 5, 1",
        "3, 7, 5, 17, 9, 1",
        "2, 2, 2, 1, 3, 1",
        "1, 130, 301, 24, 2, 1", // two bands, the second the smaller
        "1, 100, 301, 70, 1, 1", // four bands
        "2, 4, 259, 64, 65, 1", // from here on enough channels for Winograd's algorithm: one tile
        "1, 5, 205, 72, 64, 1", // a second tile with one row
        "1, 38, 27, 65, 64, 1",
        "1, 31, 150, 65, 72, 1", // several bands
        "2, 15, 69, 68, 66, 1",
        "1, 1, 1, 2, 3, 2",
        "2, 4, 6, 3, 5, 2",
        "1, 5, 7, 3, 5, 2",
        "1, 4, 7, 9, 2, 2",
        "1, 1, 6, 3, 5, 2",
        "1, 7, 1, 3, 5, 2",
    })
    void convolution(int views, int h, int w, int in, int out, int stride) {
        float[] x = random(1, views * h * w * in);
        Parameter weight = under.convolution("conv.weight", out, in);
        Parameter bias = under.plain("bias", out);
        float[] y = under.run(() -> engine.convolution(
                engine.upload(x, views, h, w, in), Activation.NONE, weight, bias, stride, null, Activation.NONE));
        float[] kernel = under.values(weight);
        double[] expected = everyView(
                x, views, view -> NaiveOperations.convolution(view, h, w, kernel, under.values(bias), out, stride));
        assertClose(y, expected, in < 64 ? TOLERANCE : 3 * TOLERANCE); // sums of 576 products and more
    }

    @ParameterizedTest
    @CsvSource({
        "RELU, NONE, false, 1, 1, 7, 5, 3, 4",
        "NONE, RELU, true, 1, 1, 7, 5, 3, 4",
        "RELU, GELU, true, 1, 3, 7, 5, 3, 4",
        "RELU, RELU, false, 2, 1, 7, 5, 3, 4",
        "RELU, NONE, true, 1, 1, 39, 70, 64, 48", // from here on Winograd's algorithm
        "NONE, GELU, true, 1, 2, 14, 79, 32, 64",
    })
    void fusedConvolution(
            Activation before,
            Activation after,
            boolean residual,
            int stride,
            int views,
            int h,
            int w,
            int in,
            int out) {
        float[] x = random(2, views * h * w * in);
        int rows = (h + stride - 1) / stride;
        int columns = (w + stride - 1) / stride;
        float[] r = random(3, views * rows * columns * out);
        Parameter weight = under.convolution("conv.weight", out, in);
        Parameter bias = under.plain("bias", out);
        float[] y = under.run(() -> engine.convolution(
                engine.upload(x, views, h, w, in),
                before,
                weight,
                bias,
                stride,
                residual ? engine.upload(r, views, rows, columns, out) : null,
                after));
        double[] sum = everyView(
                x,
                views,
                view -> NaiveOperations.convolution(
                        NaiveOperations.activate(view, before),
                        h,
                        w,
                        under.values(weight),
                        under.values(bias),
                        out,
                        stride));
        for (int i = 0; residual && i < sum.length; i++) {
            sum[i] += r[i];
        }
        assertClose(y, NaiveOperations.activate(sum, after), TOLERANCE);
    }

    /** An engine may choose an algorithm and a layout of the weight by the size of a map. */
    @Test
    void oneWeightForMapsOfManySizes() {
        Parameter weight = under.convolution("conv.weight", 40, 33);
        float[] kernel = under.values(weight);
        int[][] sizes = {{26, 68}, {5, 7}, {5, 210}, {26, 68}, {8, 9}};
        for (int[] size : sizes) {
            int h = size[0];
            int w = size[1];
            float[] x = random(4, h * w * 33);
            float[] y = under.run(() -> engine.convolution(
                    engine.upload(x, 1, h, w, 33), Activation.NONE, weight, null, 1, null, Activation.NONE));
            assertClose(y, NaiveOperations.convolution(doubles(x), h, w, kernel, null, 40, 1), 2 * TOLERANCE);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1, 1, 2", "3, 3, 5, 7, 9, 2", "2, 5, 3, 9, 4, 4", "1, 1, 7, 3, 2, 4"})
    void transposedConvolution(int views, int h, int w, int in, int out, int k) {
        float[] x = random(4, views * h * w * in);
        Parameter weight = under.transposedConvolution("resize.weight", in, out, k);
        Parameter bias = under.plain("bias", out);
        float[] y = under.run(() -> engine.transposedConvolution(engine.upload(x, views, h, w, in), weight, bias));
        // stacked views form one tall image, since kernels of different pixels do not overlap
        assertClose(
                y,
                NaiveOperations.transposedConvolution(x, views * h, w, under.values(weight), under.values(bias), k),
                TOLERANCE);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 5, 7, 10, 14, 3", // up
        "1, 10, 14, 5, 7, 3", // down
        "2, 5, 9, 9, 4, 5", // up and down
        "2, 5, 7, 5, 7, 3", // identity
        "1, 5, 7, 5, 8, 2",
        "2, 1, 1, 4, 6, 3",
        "1, 6, 5, 1, 1, 3",
        "1, 1, 9, 3, 17, 1",
        "1, 37, 53, 148, 211, 2",
        "1, 3, 5, 4, 700, 3",
        "1, 3, 2, 4, 5, 2100",
    })
    void resize(int views, int h, int w, int rows, int columns, int channels) {
        float[] x = random(5, views * h * w * channels);
        float[] y = under.run(() -> engine.resize(engine.upload(x, views, h, w, channels), rows, columns));
        double[] expected = everyView(x, views, view -> NaiveOperations.resize(view, h, w, rows, columns));
        // positions are float32 too: at 50 pixels, the error is 3e-6
        assertClose(y, expected, 4 * TOLERANCE);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 2", "3, 5, 7, 6", "2, 9, 4, 32"})
    void addUv(int views, int h, int w, int channels) {
        int half = channels / 2;
        float[] x = random(6, views * h * w * channels);
        float[] u = random(7, w * half);
        float[] v = random(8, h * half);
        float[] y = under.run(() -> engine.addUv(
                engine.upload(x, views, h, w, channels), engine.upload(u, w, half), engine.upload(v, h, half)));
        for (int i = 0; i < x.length; i++) {
            int c = i % channels;
            int pixel = i / channels;
            float added = c < half ? u[pixel % w * half + c] : v[pixel / w % h * half + c - half];
            assertThat(y[i]).isEqualTo(x[i] + added);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1", "2, 3, 5, 2", "3, 2, 1, 14"})
    void patches(int views, int rows, int columns, int patch) {
        int h = rows * patch;
        int w = columns * patch;
        float[] x = random(9, views * 3 * h * w);
        float[] y = under.run(() -> engine.patches(engine.upload(x, views, 3, h, w), patch));
        assertThat(y).hasSameSizeAs(x);
        for (int i = 0; i < x.length; i++) {
            int plane = i / (h * w);
            int row = i / w % h;
            int column = i % w;
            int token = (plane / 3 * rows + row / patch) * columns + column / patch;
            int inPatch = (plane % 3 * patch + row % patch) * patch + column % patch;
            assertThat(y[token * 3 * patch * patch + inPatch]).isEqualTo(x[i]);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1", "2, 3, 5, 7"})
    void channelsLast(int views, int channels, int h, int w) {
        float[] x = random(10, views * channels * h * w);
        float[] y = under.run(() -> engine.channelsLast(engine.upload(x, views, channels, h, w)));
        for (int i = 0; i < x.length; i++) {
            int pixel = i % (h * w);
            int view = i / (channels * h * w);
            assertThat(y[(view * h * w + pixel) * channels + i / (h * w) % channels])
                    .isEqualTo(x[i]);
        }
    }

    static Stream<Named<UnaryOperator<Tensor>>> mapsToMaps() {
        Parameter conv = under.convolution("conv.weight", 6, 10);
        Parameter up = under.transposedConvolution("resize.weight", 10, 6, 2);
        Parameter one = under.linear("linear", 6, 10, 1, 1);
        Parameter bias = under.plain("bias", 6);
        Parameter gain = under.plain("norm.weight", 10);
        Parameter shift = under.plain("norm.bias", 10);
        float[] u = random(11, 5 * 5);
        float[] v = random(12, 7 * 5);
        return Stream.of(
                Named.of("3x3", x -> engine.convolution(x, Activation.RELU, conv, bias, 1, null, Activation.GELU)),
                Named.of("halving", x -> engine.convolution(x, Activation.NONE, conv, bias, 2, null, Activation.NONE)),
                Named.of("transposed", x -> engine.transposedConvolution(x, up, bias)),
                Named.of("1x1, exp", x -> engine.linear(x, one, bias, Activation.EXP)),
                Named.of("1x1, GELU", x -> engine.linear(x, one, bias, Activation.GELU)),
                Named.of("norm", x -> engine.layerNorm(x, gain, shift, 1e-5)),
                Named.of("resize", x -> engine.resize(x, 15, 9)),
                Named.of("UV", x -> engine.addUv(x, engine.upload(u, 5, 5), engine.upload(v, 7, 5))),
                Named.of("sum", x -> engine.add(x, engine.activate(x, Activation.EXP))));
    }

    @ParameterizedTest
    @MethodSource("mapsToMaps")
    void resultsDoNotDependOnTheGroupingOfViews(UnaryOperator<Tensor> operation) {
        float[] x = random(13, 5 * 7 * 5 * 10);
        float[] together = under.run(() -> operation.apply(engine.upload(x, 5, 7, 5, 10)));
        for (int view = 0, size = together.length / 5; view < 5; view++) {
            float[] one = Arrays.copyOfRange(x, view * 350, view * 350 + 350);
            assertThat(under.run(() -> operation.apply(engine.upload(one, 1, 7, 5, 10))))
                    .isEqualTo(Arrays.copyOfRange(together, view * size, view * size + size));
        }
    }

    /** Returns the results of processing one view at a time. */
    private static double[] everyView(float[] x, int views, UnaryOperator<double[]> operation) {
        int size = x.length / views;
        return Stream.iterate(0, v -> v + 1)
                .limit(views)
                .map(v -> operation.apply(doubles(Arrays.copyOfRange(x, v * size, v * size + size))))
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }
}
