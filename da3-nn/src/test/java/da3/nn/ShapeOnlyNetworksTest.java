package da3.nn;

import static org.assertj.core.api.Assertions.assertThat;

import da3.nn.shape.ShapeEngine;
import da3.nn.shape.ShapeOnlyWeights;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks have the same output shapes with and without values. */
class ShapeOnlyNetworksTest {

    private static Engine real;

    @BeforeAll
    static void open() {
        real = EngineUnderTest.open(1);
    }

    @AfterAll
    static void close() {
        real.close();
    }

    static Stream<Arguments> networks() {
        return Stream.of(
                Arguments.of(Named.of("any-view", SmallNetworks.anyView()), false),
                Arguments.of(Named.of("any-view with cameras", SmallNetworks.anyView()), true),
                Arguments.of(Named.of("giant with Gaussians", SmallNetworks.giant()), false),
                Arguments.of(Named.of("giant with cameras", SmallNetworks.giant()), true),
                Arguments.of(Named.of("mono or metric", SmallNetworks.mono()), false));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void outputsHaveTheShapesOfARealEngine(NetworkConfig config, boolean cameras) {
        try (ShapeEngine shapes = new ShapeEngine(() -> Precision.BFLOAT16)) {
            for (int[] size : new int[][] {{1, 14, 14}, {3, 28, 42}, {2, 70, 56}}) {
                assertThat(run(shapes, new ShapeOnlyWeights(), config, cameras, size))
                        .isEqualTo(run(real, new SeededWeights(1), config, cameras, size))
                        .isNotEmpty();
            }
        }
    }

    /** Returns the shape of each output by name. */
    private static Map<String, String> run(
            Engine engine, WeightSource weights, NetworkConfig config, boolean cameras, int[] size) {
        Network network = new Network(engine, weights, "model", config);
        Set<Output> outputs = EnumSet.allOf(Output.class);
        outputs.removeIf(output -> !network.has(output));
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                Tensor image = engine.upload(new float[3 * size[0] * size[1] * size[2]], size[0], 3, size[1], size[2]);
                Tensor poses = cameras ? engine.upload(new float[9 * size[0]], size[0], 9) : null;
                NetworkTensors out = network.tensors(image, poses, 1, outputs, Set.of(1, 3), Set.of(2));
                Map<String, Tensor> tensors = new LinkedHashMap<>();
                tensors.put("depth", out.depth());
                tensors.put("rays", out.rays());
                tensors.put("sky", out.sky());
                tensors.put("camera", out.camera());
                tensors.put("gaussians", out.gaussians());
                out.features().forEach((block, features) -> tensors.put("features " + block, features));
                out.attention().forEach((block, attention) -> tensors.put("queries " + block, attention.queries()));
                Map<String, String> shapes = new LinkedHashMap<>();
                tensors.forEach((name, tensor) -> {
                    if (tensor != null) {
                        shapes.put(name, Arrays.toString(tensor.shape()));
                    }
                });
                return shapes;
            }
        });
    }
}
