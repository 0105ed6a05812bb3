package da3.nn;

import static da3.nn.EngineUnderTest.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.nn.autograd.DifferentiableEngine;
import da3.nn.autograd.DifferentiableEngine.ParameterUpdate;
import da3.nn.autograd.DifferentiableEngine.Update;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In-place updates of parameters, for any engine with a backward pass. */
class ParameterUpdateTest {

    private static final EngineUnderTest under = new EngineUnderTest();
    private static final DifferentiableEngine engine = under.differentiable();

    @AfterAll
    static void close() {
        under.close();
    }

    private static Parameter trained(Parameter.Role role, int... shape) {
        return engine.trainedParameter(new SeededWeights(7), role.name(), role, shape);
    }

    private static int[] shape(Parameter.Role role) {
        return switch (role) {
            case PLAIN -> new int[] {20_011}; // more than one block
            case LINEAR -> new int[] {131, 257};
            case CONVOLUTION -> new int[] {37, 41, 3, 3};
            case TRANSPOSED_CONVOLUTION -> new int[] {37, 41, 4, 4};
        };
    }

    private static void update(Parameter parameter, Tensor gradient, Update update) {
        engine.update(List.of(new ParameterUpdate(parameter, gradient, update)));
    }

    @ParameterizedTest
    @EnumSource(Parameter.Role.class)
    void passesEveryValueWithItsGradientAndIndex(Parameter.Role role) {
        Parameter parameter = trained(role, shape(role));
        float[] before = under.run(() -> engine.value(parameter));
        float[] gradient = random(3, before.length);
        engine.run(() -> {
            try (Scope scope = engine.scope()) {
                update(parameter, engine.upload(gradient, parameter.shape()), (from, values, gradients, count) -> {
                    for (int i = 0; i < count; i++) {
                        values[i] += 2 * gradients[i] + from + i;
                    }
                });
            }
            return null;
        });
        float[] expected = new float[before.length];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = before[i] + (2 * gradient[i] + i);
        }
        assertThat(under.run(() -> engine.value(parameter))).containsExactly(expected, within(1e-2f));
    }

    /** Engines may use weights whose values change in another layout. */
    @Test
    void productsWithTrainedWeightsEqualThoseWithFixedOnes() {
        int out = 403;
        int in = 250;
        Parameter trained = trained(Parameter.Role.LINEAR, out, in);
        Parameter fixed = engine.parameter(new SeededWeights(7), "LINEAR", Parameter.Role.LINEAR, out, in);
        Parameter bias = trained(Parameter.Role.PLAIN, out);
        float[] x = random(4, 2 * 37 * in);
        float[] dy = random(5, 2 * 37 * out);
        List<Function<Parameter, Tensor>> products = List.of(
                w -> engine.linear(engine.upload(x, 2, 37, in), w, bias, Activation.GELU),
                w -> engine.linearResidual(engine.upload(x, 2, 37, in), w, bias, bias, engine.upload(dy, 2, 37, out)),
                w -> engine.linearBackwardData(engine.upload(dy, 2, 37, out), w));
        for (Function<Parameter, Tensor> product : products) {
            float[] expected = under.run(() -> product.apply(fixed));
            assertThat(under.run(() -> product.apply(trained))).containsExactly(expected, within(1e-5f));
        }
    }

    /** Many blocks of each, and a last one that is smaller. */
    @Test
    void updatesSeveralParametersAtOnce() {
        List<Parameter> parameters = List.of(
                engine.trainedParameter(new SeededWeights(1), "a", Parameter.Role.PLAIN, 100_003),
                engine.trainedParameter(new SeededWeights(2), "b", Parameter.Role.PLAIN, 3),
                engine.trainedParameter(new SeededWeights(3), "c", Parameter.Role.PLAIN, 150_001));
        List<float[]> before =
                parameters.stream().map(p -> under.run(() -> engine.value(p))).toList();
        engine.run(() -> {
            try (Scope scope = engine.scope()) {
                engine.update(parameters.stream()
                        .map(p -> new ParameterUpdate(p, engine.value(p), (from, values, gradients, count) -> {
                            for (int i = 0; i < count; i++) {
                                values[i] += gradients[i];
                            }
                        }))
                        .toList());
            }
            return null;
        });
        for (int p = 0; p < parameters.size(); p++) {
            Parameter parameter = parameters.get(p);
            float[] expected = before.get(p).clone();
            for (int i = 0; i < expected.length; i++) {
                expected[i] *= 2;
            }
            assertThat(under.run(() -> engine.value(parameter))).isEqualTo(expected);
        }
    }

    @Test
    void operationsUseUpdatedValues() {
        Parameter weight = trained(Parameter.Role.LINEAR, 5, 7);
        Parameter convolution = trained(Parameter.Role.CONVOLUTION, 5, 3, 3, 3);
        float[] x = random(4, 3 * 7);
        float[] map = random(5, 6 * 7 * 3);
        UnaryOperator<Tensor> forward = t -> engine.linear(t, weight, null, Activation.NONE);
        UnaryOperator<Tensor> convolve =
                t -> engine.convolution(t, Activation.NONE, convolution, null, 1, null, Activation.NONE);
        float[] before = under.run(() -> forward.apply(engine.upload(x, 1, 3, 7)));
        float[] mapBefore = under.run(() -> convolve.apply(engine.upload(map, 1, 6, 7, 3)));
        twice(weight);
        twice(convolution);
        float[] after = under.run(() -> forward.apply(engine.upload(x, 1, 3, 7)));
        float[] mapAfter = under.run(() -> convolve.apply(engine.upload(map, 1, 6, 7, 3)));
        for (int i = 0; i < before.length; i++) {
            assertThat(after[i]).isEqualTo(2 * before[i]);
        }
        for (int i = 0; i < mapBefore.length; i++) {
            assertThat(mapAfter[i]).isEqualTo(2 * mapBefore[i]);
        }
    }

    private static void twice(Parameter parameter) {
        engine.run(() -> {
            try (Scope scope = engine.scope()) {
                update(parameter, engine.value(parameter), (from, values, gradients, count) -> {
                    for (int i = 0; i < count; i++) {
                        values[i] += gradients[i];
                    }
                });
            }
            return null;
        });
    }

    @Test
    void sumsSquaresOfAllTensors() {
        List<float[]> arrays = List.of(random(6, 5), random(7, 100_003), random(8, 1 << 16));
        double expected = 0;
        for (float[] x : arrays) {
            for (float value : x) {
                expected += (double) value * value;
            }
        }
        double sum = engine.run(() -> {
            try (Scope scope = engine.scope()) {
                return engine.sumOfSquares(
                        arrays.stream().map(x -> engine.upload(x, x.length)).toList());
            }
        });
        assertThat(sum).isCloseTo(expected, within(1e-8 * expected));
    }
}
