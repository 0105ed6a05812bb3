package da3.nn;

import static da3.nn.EngineUnderTest.random;
import static da3.nn.NaiveOperations.doubles;
import static da3.nn.NumericalGradients.assertDerivative;
import static da3.nn.NumericalGradients.assertGradient;
import static org.assertj.core.api.Assertions.assertThat;

import da3.nn.autograd.DifferentiableEngine;
import da3.nn.autograd.DifferentiableEngine.LayerGradients;
import da3.nn.autograd.DifferentiableEngine.Wanted;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the gradients of operations on feature maps with finite differences of their definitions. */
class FeatureMapBackwardTest {

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
        "1, 1, 1, 1, 1, 1",
        "2, 1, 1, 3, 5, 1",
        "1, 1, 9, 3, 5, 1",
        "1, 9, 1, 3, 5, 1",
        "3, 7, 5, 4, 3, 1",
        "2, 2, 2, 1, 3, 1",
        "1, 1, 1, 2, 3, 2",
        "2, 4, 6, 3, 5, 2",
        "2, 5, 7, 3, 4, 2",
        "1, 4, 7, 5, 2, 2",
        "1, 1, 6, 3, 5, 2",
        "1, 7, 1, 3, 5, 2",
    })
    void convolution(int views, int h, int w, int in, int out, int stride) {
        float[] x = random(1, views * h * w * in);
        Parameter weight = under.convolution("conv.weight", out, in);
        float[] kernel = under.values(weight);
        List<float[]> gradients = convolutionGradients(x, views, h, w, weight, stride);
        UnaryOperator<double[]> ofX = t -> convolution(t, views, h, w, doubles(kernel), out, stride);
        UnaryOperator<double[]> ofKernel = t -> convolution(doubles(x), views, h, w, t, out, stride);
        assertGradient(gradients.get(1), NumericalGradients.of(ofX, x, gradients.get(0)));
        assertGradient(gradients.get(2), NumericalGradients.of(ofKernel, kernel, gradients.get(0)));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 130, 301, 24, 2, 1", // more than one band
        "1, 100, 301, 2, 70, 1",
        "2, 61, 47, 5, 6, 2",
        "2, 4, 259, 64, 65, 1", // from here on enough channels for Winograd's algorithm
        "1, 61, 68, 72, 64, 1",
        "1, 66, 68, 72, 64, 1", // a last band of one tile, which has two rows
        "2, 31, 150, 66, 80, 1",
    })
    void convolutionOfLargeMaps(int views, int h, int w, int in, int out, int stride) {
        float[] x = random(2, views * h * w * in);
        Parameter weight = under.convolution("conv.weight", out, in);
        float[] kernel = under.values(weight);
        List<float[]> gradients = convolutionGradients(x, views, h, w, weight, stride);
        UnaryOperator<double[]> ofX = t -> convolution(t, views, h, w, doubles(kernel), out, stride);
        UnaryOperator<double[]> ofKernel = t -> convolution(doubles(x), views, h, w, t, out, stride);
        float[] alongX = random(3, x.length);
        float[] alongKernel = random(4, kernel.length);
        float[] dy = gradients.get(0);
        assertDerivative(gradients.get(1), alongX, NumericalGradients.along(alongX, ofX, x, dy));
        assertDerivative(gradients.get(2), alongKernel, NumericalGradients.along(alongKernel, ofKernel, kernel, dy));
    }

    /** dy, and the gradients for x and for the weight; checks that they are the same if computed at once. */
    private static List<float[]> convolutionGradients(
            float[] x, int views, int h, int w, Parameter weight, int stride) {
        int out = weight.shape()[0];
        int in = weight.shape()[1];
        int rows = (h + stride - 1) / stride;
        int columns = (w + stride - 1) / stride;
        float[] dy = random(5, views * rows * columns * out);
        List<float[]> gradients = under.runAll(() -> {
            Tensor gradient = engine.upload(dy, views, rows, columns, out);
            Tensor input = engine.upload(x, views, h, w, in);
            Tensor dx = engine.convolutionBackwardData(gradient, weight, stride, h, w);
            Tensor dw = engine.convolutionBackwardWeight(gradient, input, weight, stride);
            assertThat(dx.shape()).containsExactly(views, h, w, in);
            assertThat(dw.shape()).isEqualTo(weight.shape());
            LayerGradients all =
                    engine.convolutionBackward(gradient, input, weight, stride, h, w, new Wanted(true, true, true));
            LayerGradients two =
                    engine.convolutionBackward(gradient, null, weight, stride, h, w, new Wanted(true, false, true));
            assertThat(two.weight()).isNull();
            return List.of(
                    gradient, dx, dw, engine.sumRows(gradient), all.x(), all.weight(), all.bias(), two.x(), two.bias());
        });
        int[] equal = {0, 1, 2, 3, 1, 2, 3, 1, 3};
        for (int i = 4; i < equal.length; i++) {
            assertThat(gradients.get(i)).isEqualTo(gradients.get(equal[i]));
        }
        return gradients;
    }

    private static double[] convolution(double[] x, int views, int h, int w, double[] kernel, int out, int stride) {
        return everyView(x, views, view -> NaiveOperations.convolution(view, h, w, kernel, null, out, stride));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1, 1, 2", "3, 3, 5, 4, 3, 2", "2, 2, 3, 5, 4, 4", "1, 1, 7, 3, 2, 4"})
    void transposedConvolution(int views, int h, int w, int in, int out, int k) {
        float[] x = random(6, views * h * w * in);
        float[] dy = random(7, views * h * w * k * k * out);
        double[] zero = new double[out];
        Parameter weight = under.transposedConvolution("resize.weight", in, out, k);
        float[] kernel = under.values(weight);
        List<float[]> gradients = under.runAll(() -> {
            Tensor gradient = engine.upload(dy, views, h * k, w * k, out);
            Tensor dx = engine.transposedConvolutionBackwardData(gradient, weight);
            Tensor dw = engine.transposedConvolutionBackwardWeight(gradient, engine.upload(x, views, h, w, in), weight);
            assertThat(dx.shape()).containsExactly(views, h, w, in);
            assertThat(dw.shape()).isEqualTo(weight.shape());
            return List.of(dx, dw);
        });
        // stacked views form one tall image, since kernels of different pixels do not overlap
        UnaryOperator<double[]> ofX =
                t -> NaiveOperations.transposedConvolution(t, views * h, w, doubles(kernel), zero, k);
        UnaryOperator<double[]> ofKernel =
                t -> NaiveOperations.transposedConvolution(doubles(x), views * h, w, t, zero, k);
        assertGradient(gradients.get(0), NumericalGradients.of(ofX, x, dy));
        assertGradient(gradients.get(1), NumericalGradients.of(ofKernel, kernel, dy));
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
    })
    void resize(int views, int h, int w, int rows, int columns, int channels) {
        float[] x = random(8, views * h * w * channels);
        float[] dy = random(9, views * rows * columns * channels);
        float[] dx = under.run(() -> {
            Tensor gradient = engine.resizeBackward(engine.upload(dy, views, rows, columns, channels), h, w);
            assertThat(gradient.shape()).containsExactly(views, h, w, channels);
            return gradient;
        });
        UnaryOperator<double[]> naive =
                t -> everyView(t, views, view -> NaiveOperations.resize(view, h, w, rows, columns));
        assertGradient(dx, NumericalGradients.of(naive, x, dy));
    }

    @Test
    void isDeterministic() {
        float[] dy = random(10, 2 * 37 * 53 * 8);
        Parameter weight = under.convolution("conv.weight", 8, 8);
        List<float[]> first = twoOperations(dy, weight);
        List<float[]> second = twoOperations(dy, weight);
        assertThat(second.get(0)).isEqualTo(first.get(0));
        assertThat(second.get(1)).isEqualTo(first.get(1));
    }

    private static List<float[]> twoOperations(float[] dy, Parameter weight) {
        return under.runAll(() -> {
            Tensor gradient = engine.upload(dy, 2, 37, 53, 8);
            return List.of(
                    engine.resizeBackward(gradient, 19, 27),
                    engine.convolutionBackwardWeight(gradient, gradient, weight, 1));
        });
    }

    /** Returns the results of processing one view at a time. */
    private static double[] everyView(double[] x, int views, UnaryOperator<double[]> operation) {
        int size = x.length / views;
        return IntStream.range(0, views)
                .mapToObj(v -> operation.apply(Arrays.copyOfRange(x, v * size, v * size + size)))
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }
}
