package da3.nn;

import static da3.nn.EngineUnderTest.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.nn.autograd.AutogradEngine;
import da3.nn.autograd.DifferentiableEngine;
import da3.nn.autograd.Gradients;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of whole networks; {@code da3 verify} compares golden gradients. */
class AutogradEngineTest {

    private static final int HEIGHT = 28;
    private static final int WIDTH = 42;

    static Stream<Named<NetworkConfig>> configs() {
        return Stream.of(
                Named.of("any-view", SmallNetworks.anyView()),
                Named.of("giant", SmallNetworks.giant()),
                Named.of("mono", SmallNetworks.mono()));
    }

    /** The outputs and gradients of a backward pass from random cotangents. */
    private record Pass(Map<String, float[]> outputs, Map<String, float[]> gradients) {}

    private static AutogradEngine engine(Predicate<String> trained, boolean checkpointing) {
        return new AutogradEngine((DifferentiableEngine) EngineUnderTest.open(2), trained, checkpointing);
    }

    private static Set<Output> outputs(Network network) {
        return Arrays.stream(Output.values())
                .filter(network::has)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Output.class)));
    }

    private static Pass pass(
            NetworkConfig config, Predicate<String> trained, boolean checkpointing, int views, int scenes) {
        try (AutogradEngine engine = engine(trained, checkpointing)) {
            Network network = new Network(engine, new SeededWeights(3), "model", config);
            return engine.run(() -> {
                try (Scope scope = engine.scope()) {
                    float[] pixels = random(5, views * 3 * HEIGHT * WIDTH);
                    NetworkTensors out = network.tensors(
                            engine.upload(pixels, views, 3, HEIGHT, WIDTH),
                            null,
                            scenes,
                            outputs(network),
                            Set.of(),
                            Set.of());
                    return backward(engine, out);
                }
            });
        }
    }

    private static Pass backward(AutogradEngine engine, NetworkTensors out) {
        Map<String, Tensor> byName = new LinkedHashMap<>();
        byName.put("depth", out.depth());
        byName.put("rays", out.rays());
        byName.put("sky", out.sky());
        byName.put("camera", out.camera());
        byName.put("gaussians", out.gaussians());
        byName.values().removeIf(Objects::isNull);
        Map<String, float[]> values = new TreeMap<>();
        Map<Tensor, float[]> cotangents = new LinkedHashMap<>();
        byName.forEach((name, tensor) -> {
            values.put(name, engine.download(tensor));
            int perView = values.get(name).length / tensor.size(0);
            float[] one = random(name.hashCode(), perView); // equal for all views, so that views can be compared
            float[] cotangent = new float[values.get(name).length];
            for (int v = 0; v < tensor.size(0); v++) {
                System.arraycopy(one, 0, cotangent, v * perView, perView);
            }
            cotangents.put(tensor, cotangent);
        });
        Gradients gradients = engine.backward(cotangents);
        Map<String, float[]> byParameter = new TreeMap<>();
        for (Parameter parameter : engine.trained()) {
            float[] gradient = gradients.values(parameter);
            if (gradient != null) {
                byParameter.put(parameter.name(), gradient);
            }
        }
        return new Pass(values, byParameter);
    }

    @ParameterizedTest
    @MethodSource("configs")
    void checkpointingDoesNotChangeGradients(NetworkConfig config) {
        Pass plain = pass(config, name -> true, false, 2, 1);
        Pass checkpointed = pass(config, name -> true, true, 2, 1);
        assertThat(plain.gradients).isNotEmpty();
        assertSame(checkpointed.outputs, plain.outputs);
        assertSame(checkpointed.gradients, plain.gradients);
    }

    @ParameterizedTest
    @MethodSource("configs")
    void onlyTrainedParametersGetGradients(NetworkConfig config) {
        Predicate<String> heads = name -> name.startsWith("model.head.");
        Pass all = pass(config, name -> true, false, 2, 1);
        Pass some = pass(config, heads, false, 2, 1);
        assertThat(some.gradients.keySet()).isNotEmpty().allMatch(heads);
        some.gradients.forEach((name, gradient) ->
                assertThat(relative(gradient, all.gradients.get(name))).as(name).isLessThan(1e-5));
    }

    @ParameterizedTest
    @MethodSource("configs")
    void doesNotDifferentiateBelowTheLowestTrainedParameter(NetworkConfig config) {
        String last = "model.backbone.pretrained.blocks.3.mlp";
        Pass some = pass(config, name -> name.startsWith(last), true, 2, 1);
        assertThat(some.gradients.keySet()).isNotEmpty().allMatch(name -> name.startsWith(last));
    }

    /** The gradient of a batch is the sum of the gradients of its scenes. */
    @ParameterizedTest
    @MethodSource("configs")
    void scenesOfABatchAreIndependent(NetworkConfig config) {
        try (AutogradEngine engine = engine(name -> true, false)) {
            Network network = new Network(engine, new SeededWeights(3), "model", config);
            int pixels = 2 * 3 * HEIGHT * WIDTH;
            float[] both = random(5, 2 * pixels);
            Pass together = run(engine, network, both, 4, 2);
            Pass first = run(engine, network, Arrays.copyOf(both, pixels), 2, 1);
            Pass second = run(engine, network, Arrays.copyOfRange(both, pixels, 2 * pixels), 2, 1);
            together.outputs.forEach((name, values) -> {
                float[] expected = Arrays.copyOf(first.outputs.get(name), values.length);
                float[] rest = second.outputs.get(name);
                System.arraycopy(rest, 0, expected, values.length - rest.length, rest.length);
                assertThat(relative(values, expected)).as(name).isLessThan(1e-5);
            });
            together.gradients.forEach((name, gradient) -> {
                float[] sum = first.gradients.get(name).clone();
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += second.gradients.get(name)[i];
                }
                assertThat(relative(gradient, sum)).as(name).isLessThan(2e-4);
            });
        }
    }

    private static Pass run(AutogradEngine engine, Network network, float[] pixels, int views, int scenes) {
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                return backward(
                        engine,
                        network.tensors(
                                engine.upload(pixels, views, 3, HEIGHT, WIDTH),
                                null,
                                scenes,
                                outputs(network),
                                Set.of(),
                                Set.of()));
            }
        });
    }

    @Test
    void rejectsScenesThatDoNotDivideTheViews() {
        assertThatThrownBy(() -> pass(SmallNetworks.anyView(), name -> true, false, 3, 2))
                .hasMessageContaining("scenes must be a divisor of the number of views, 3, got 2");
    }

    /** The result equals that of a network built with the new values. */
    @ParameterizedTest
    @MethodSource("configs")
    void theNextPassUsesAssignedValues(NetworkConfig config) {
        try (AutogradEngine engine = engine(name -> true, false)) {
            Network network = new Network(engine, new SeededWeights(3), "model", config);
            float[] pixels = random(5, 2 * 3 * HEIGHT * WIDTH);
            Pass before = run(engine, network, pixels, 2, 1);
            engine.run(() -> {
                for (Parameter parameter : engine.trained()) {
                    float[] values = new SeededWeights(4).values(parameter.name(), parameter.shape());
                    engine.engine().assign(parameter, values);
                }
                return null;
            });
            Pass after = run(engine, network, pixels, 2, 1);
            try (AutogradEngine fresh = engine(name -> true, false)) {
                Pass expected = run(fresh, new Network(fresh, new SeededWeights(4), "model", config), pixels, 2, 1);
                assertSame(after.outputs, expected.outputs);
                assertSame(after.gradients, expected.gradients);
            }
            assertThat(after.outputs.get("depth")).isNotEqualTo(before.outputs.get("depth"));
        }
    }

    private static void assertSame(Map<String, float[]> actual, Map<String, float[]> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        actual.forEach((name, values) -> assertThat(values).as(name).isEqualTo(expected.get(name)));
    }

    private static double relative(float[] actual, float[] expected) {
        double squares = 0;
        double norm = 1e-12;
        for (int i = 0; i < expected.length; i++) {
            squares += Math.pow((double) actual[i] - expected[i], 2);
            norm += (double) expected[i] * expected[i];
        }
        return Math.sqrt(squares / norm);
    }
}
