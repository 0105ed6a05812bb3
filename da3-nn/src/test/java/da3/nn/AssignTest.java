package da3.nn;

import static da3.nn.EngineUnderTest.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.nn.autograd.DifferentiableEngine;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation uses the values that were assigned last. */
class AssignTest {

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

    /** A parameter, created for every call, and an operation that uses it. */
    private record Use(Supplier<Parameter> parameter, Function<Parameter, Tensor> result) {}

    static Stream<Named<Use>> uses() {
        return Stream.of(
                Named.of("value", new Use(() -> under.plain("token", 1, 2, 9), engine::value)),
                Named.of(
                        "norm",
                        new Use(
                                () -> under.plain("norm.weight", 9),
                                p -> engine.layerNorm(tensor(5, 9), p, under.plain("norm.bias", 9), 1e-6))),
                Named.of(
                        "gradient of a norm",
                        new Use(() -> under.plain("norm.weight", 9), p -> engine.layerNormBackward(
                                        tensor(5, 9), tensor(5, 9), p, 1e-6, false)
                                .x())),
                Named.of(
                        "bias",
                        new Use(
                                () -> under.plain("bias", 7),
                                p -> engine.linear(tensor(5, 9), under.linear("linear", 7, 9), p, Activation.NONE))),
                Named.of(
                        "layer scale",
                        new Use(
                                () -> under.plain("gamma", 7),
                                p -> engine.linearResidual(
                                        tensor(5, 9),
                                        under.linear("linear", 7, 9),
                                        under.plain("bias", 7),
                                        p,
                                        tensor(5, 7)))),
                Named.of("query norm", new Use(() -> under.plain("q.weight", 8), p -> {
                    Parameter bias = under.plain("q.bias", 8);
                    QkNorm norm = new QkNorm(p, bias, under.plain("k.weight", 8), bias, 1e-5);
                    return engine.attention(tensor(1, 5, 48), 2, norm, null);
                })),
                Named.of(
                        "linear",
                        new Use(
                                () -> under.linear("linear", 7, 9),
                                p -> engine.linear(tensor(5, 9), p, null, Activation.NONE))),
                Named.of(
                        "gradient of linear",
                        new Use(() -> under.linear("linear", 7, 9), p -> engine.linearBackwardData(tensor(5, 7), p))),
                Named.of(
                        "patch embedding",
                        new Use(
                                () -> under.linear("patch_embed", 4, 3, 2, 2),
                                p -> engine.linear(engine.patches(tensor(2, 3, 4, 6), 2), p, null, Activation.NONE))),
                Named.of("3x3", new Use(() -> under.convolution("conv", 4, 3), p -> convolution(p, 1))),
                Named.of(
                        "3x3 of a large map",
                        new Use(
                                () -> under.convolution("conv", 65, 64),
                                p -> engine.convolution(
                                        tensor(1, 4, 259, 64), Activation.NONE, p, null, 1, null, Activation.NONE))),
                Named.of(
                        "gradient of 3x3 of a large map",
                        new Use(
                                () -> under.convolution("conv", 65, 64),
                                p -> engine.convolutionBackwardData(tensor(1, 4, 259, 65), p, 1, 4, 259))),
                Named.of(
                        "3x3 and its gradient",
                        new Use(() -> under.convolution("conv", 4, 4), p -> forwardAndBackward(tensor(1, 5, 7, 4), p))),
                Named.of(
                        "3x3 of a large map and its gradient",
                        new Use(
                                () -> under.convolution("conv", 64, 64),
                                p -> forwardAndBackward(tensor(1, 4, 259, 64), p))),
                Named.of("stride 2", new Use(() -> under.convolution("conv", 4, 3), p -> convolution(p, 2))),
                Named.of(
                        "gradient of 3x3",
                        new Use(
                                () -> under.convolution("conv", 4, 3),
                                p -> engine.convolutionBackwardData(tensor(1, 5, 7, 4), p, 1, 5, 7))),
                Named.of(
                        "gradient of stride 2",
                        new Use(
                                () -> under.convolution("conv", 4, 3),
                                p -> engine.convolutionBackwardData(tensor(1, 3, 4, 4), p, 2, 5, 7))),
                Named.of(
                        "transposed",
                        new Use(
                                () -> under.transposedConvolution("up", 3, 4, 2),
                                p -> engine.transposedConvolution(tensor(1, 5, 7, 3), p, null))),
                Named.of(
                        "gradient of transposed",
                        new Use(
                                () -> under.transposedConvolution("up", 3, 4, 2),
                                p -> engine.transposedConvolutionBackwardData(tensor(1, 10, 14, 4), p))));
    }

    private static Tensor tensor(int... shape) {
        int size = 1;
        for (int s : shape) {
            size *= s;
        }
        return engine.upload(random(shape.length, size), shape);
    }

    private static Tensor forwardAndBackward(Tensor x, Parameter weight) {
        Tensor y = engine.convolution(x, Activation.NONE, weight, null, 1, null, Activation.NONE);
        return engine.convolutionBackwardData(y, weight, 1, x.size(1), x.size(2));
    }

    private static Tensor convolution(Parameter weight, int stride) {
        return engine.convolution(tensor(1, 5, 7, 3), Activation.NONE, weight, null, stride, null, Activation.NONE);
    }

    @ParameterizedTest
    @MethodSource("uses")
    void operationsUseAssignedValues(Use use) {
        Parameter used = use.parameter.get();
        Parameter unused = use.parameter.get();
        float[] before = under.run(() -> use.result.apply(used));
        float[] values = random(7, under.values(used).length);
        engine.run(() -> {
            engine.assign(used, values);
            engine.assign(unused, values); // never read before
            return null;
        });
        float[] after = under.run(() -> use.result.apply(used));
        assertThat(after).isNotEqualTo(before).isEqualTo(under.run(() -> use.result.apply(unused)));
        assertThat(under.run(() -> engine.value(used))).isEqualTo(values);
        engine.run(() -> {
            engine.assign(used, under.values(used));
            return null;
        });
        assertThat(under.run(() -> use.result.apply(used))).isEqualTo(before);
    }

    @Test
    void assignedValuesAreCopied() {
        Parameter parameter = under.plain("token", 3);
        float[] values = {1, 2, 3};
        engine.run(() -> {
            engine.assign(parameter, values);
            return null;
        });
        values[0] = 9;
        assertThat(under.run(() -> engine.value(parameter))).containsExactly(1, 2, 3);
    }

    @Test
    void rejectsTheWrongNumberOfValues() {
        Parameter parameter = under.linear("head.weight", 4, 7);
        assertThatThrownBy(() -> engine.run(() -> {
                    engine.assign(parameter, new float[27]);
                    return null;
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("head.weight", "28", "27");
    }
}
