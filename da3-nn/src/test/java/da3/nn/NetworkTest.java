package da3.nn;

import static da3.nn.EngineUnderTest.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkTest {

    private static final int VIEWS = 4;
    private static final int HEIGHT = 28;
    private static final int WIDTH = 42;

    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = EngineUnderTest.open(2);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    static Stream<Named<NetworkConfig>> configs() {
        return Stream.of(
                Named.of("any-view", SmallNetworks.anyView()),
                Named.of("giant", SmallNetworks.giant()),
                Named.of("mono", SmallNetworks.mono()));
    }

    @ParameterizedTest
    @MethodSource("configs")
    void resultsDoNotDependOnTheChunkSize(NetworkConfig config) {
        Network network = network(config, new SeededWeights(1));
        NetworkOutput oneByOne = forward(network, everything(network, 1));
        assertThat(maps(oneByOne)).isNotEmpty();
        assertThat(maps(oneByOne).values()).noneMatch(NetworkTest::isConstant);
        for (int chunk : new int[] {2, 3, 8}) {
            assertSameBytes(forward(network, everything(network, chunk)), oneByOne);
        }
    }

    @ParameterizedTest
    @MethodSource("configs")
    void isDeterministic(NetworkConfig config) {
        Network network = network(config, new SeededWeights(1));
        NetworkOutput first = forward(network, everything(network, 2));
        network.forward(input(2, 42, 56, false), everything(network, 1), Progress.SILENT); // another grid in between
        assertSameBytes(forward(network, everything(network, 2)), first);
        assertSameBytes(forward(network(config, new SeededWeights(1)), everything(network, 2)), first);
        try (Engine other = EngineUnderTest.open(2)) {
            Network again = new Network(other, new SeededWeights(1), "model", config);
            assertSameBytes(forward(again, everything(again, 2)), first);
        }
    }

    @ParameterizedTest
    @MethodSource("configs")
    void outputsHaveOneValuePerPixel(NetworkConfig config) {
        Network network = network(config, new SeededWeights(1));
        NetworkOutput out = forward(network, everything(network, 3));
        int pixels = VIEWS * HEIGHT * WIDTH;
        int rays = VIEWS * (8 * HEIGHT / 14) * (8 * WIDTH / 14);
        assertThat(out.depth()).hasSize(pixels);
        assertThat(out.features().get(2)).hasSize(VIEWS * 6 * 32);
        if (network.has(Output.RAYS)) {
            assertThat(out.confidence()).hasSize(pixels);
            assertThat(out.rays()).hasSize(6 * rays);
            assertThat(out.rayConfidence()).hasSize(rays);
            assertThat(out.poseEncodings()).hasSize(9 * VIEWS);
            assertThat(out.sky()).isNull();
        } else {
            assertThat(out.sky()).hasSize(pixels);
            assertThat(out.confidence()).isNull();
        }
        if (network.has(Output.GAUSSIANS)) {
            assertThat(out.gaussians()).hasSize(22 * pixels);
            assertThat(out.densities()).hasSize(pixels);
        }
    }

    @Test
    void outputsAreWithinTheirRanges() {
        Network giant = network(SmallNetworks.giant(), new SeededWeights(1));
        NetworkOutput out = forward(giant, everything(giant, 4));
        assertBetween(0, Float.MAX_VALUE, out.depth());
        assertBetween(1, Float.MAX_VALUE, out.confidence());
        assertBetween(1, Float.MAX_VALUE, out.rayConfidence());
        assertBetween(0, 1, out.densities());
        Network mono = network(SmallNetworks.mono(), new SeededWeights(1));
        assertBetween(0, Float.MAX_VALUE, forward(mono, everything(mono, 4)).sky());
    }

    @Test
    void aTeacherReturnsBothMasksWithDepth() {
        Network teacher = network(SmallNetworks.teacher(), new SeededWeights(1));
        NetworkOutput out = forward(teacher, NetworkRequest.of(Set.of(Output.DEPTH)));
        assertThat(out.sky()).hasSameSizeAs(out.depth());
        assertThat(out.objects()).hasSameSizeAs(out.depth()).isNotEqualTo(out.sky());
        assertBetween(0, Float.MAX_VALUE, out.objects());
        Network mono = network(SmallNetworks.mono(), new SeededWeights(1));
        assertThat(forward(mono, everything(mono, 4)).objects()).isNull();
    }

    @Test
    void aSeparateReassemblyConcernsOnlyRays() {
        NetworkConfig shared = SmallNetworks.anyView();
        NetworkConfig separate = new NetworkConfig(
                shared.backbone(),
                shared.head().withSeparateReassembly(true),
                shared.cameraDecoderDim(),
                shared.cameraEncoder(),
                shared.gaussians());
        NetworkRequest request = NetworkRequest.of(Set.of(Output.DEPTH, Output.RAYS));
        NetworkOutput expected = forward(network(shared, new SeededWeights(1)), request);
        NetworkOutput out = forward(network(separate, new SeededWeights(1)), request);
        assertThat(out.depth()).isEqualTo(expected.depth());
        assertThat(out.rays()).hasSameSizeAs(expected.rays()).isNotEqualTo(expected.rays());
        NetworkOutput onlyRays =
                forward(network(separate, new SeededWeights(1)), NetworkRequest.of(Set.of(Output.RAYS)));
        assertThat(onlyRays.rays()).isEqualTo(out.rays());
    }

    @ParameterizedTest
    @CsvSource({
        "DEPTH, depth+confidence",
        "RAYS, rays+rayConfidence",
        "CAMERA, poses",
        "GAUSSIANS, gaussians+densities",
    })
    void unrequestedOutputsAreNull(Output requested, String returned) {
        Network network = network(SmallNetworks.giant(), new SeededWeights(1));
        NetworkOutput out = forward(network, NetworkRequest.of(Set.of(requested)));
        assertThat(maps(out)).containsOnlyKeys(returned.split("\\+"));
        assertThat(out.trace()).isNull();
        Map<String, float[]> all = maps(forward(network, everything(network, 1)));
        maps(out).forEach((name, values) -> assertThat(values).isEqualTo(all.get(name)));
    }

    @Test
    void outputsAreInTheOrderOfTheCaller() {
        Network network = network(SmallNetworks.giant(), new SeededWeights(1));
        float[] image = input(3, HEIGHT, WIDTH, false).image();
        NetworkOutput middle = forward(network, image, ReferenceViewStrategy.MIDDLE);
        NetworkOutput first = forward(network, swapFirstTwo(image, 3), ReferenceViewStrategy.FIRST);
        assertThat(middle.referenceView()).isEqualTo(1);
        assertThat(first.referenceView()).isZero();
        maps(first).forEach((name, values) -> {
            float[] expected = swapFirstTwo(maps(middle).get(name), 3);
            for (int i = 0; i < values.length; i++) {
                // the views are at other positions of the same matrix products in the blocks before the reordering
                assertThat(values[i]).as(name).isCloseTo(expected[i], within(2e-4f * (1 + Math.abs(expected[i]))));
            }
        });
    }

    @Test
    void aReferenceViewIsChosenOnlyForThreeViewsWithoutCameras() {
        Network network = network(SmallNetworks.anyView(), new SeededWeights(1));
        assertThat(reference(network, input(3, HEIGHT, WIDTH, false))).isNotNegative();
        assertThat(reference(network, input(2, HEIGHT, WIDTH, false))).isEqualTo(-1);
        assertThat(reference(network, input(3, HEIGHT, WIDTH, true))).isEqualTo(-1);
    }

    @Test
    void anExceptionFromProgressLeavesTheEngineUsable() {
        Network network = network(SmallNetworks.giant(), new SeededWeights(1));
        NetworkOutput expected = forward(network, everything(network, 1));
        for (String where : List.of("backbone", "heads")) {
            IllegalStateException stop = new IllegalStateException("enough");
            assertThatThrownBy(() -> network.forward(
                            input(VIEWS, HEIGHT, WIDTH, false), everything(network, 1), (stage, done, total) -> {
                                assertThat(done).isBetween(1, total);
                                if (stage.equals(where)) {
                                    throw stop;
                                }
                            }))
                    .isSameAs(stop);
            assertSameBytes(forward(network, everything(network, 1)), expected);
        }
    }

    static NetworkRequest everything(Network network, int viewsPerChunk) {
        Set<Output> outputs =
                Arrays.stream(Output.values()).filter(network::has).collect(Collectors.toSet());
        return new NetworkRequest(outputs, ReferenceViewStrategy.SADDLE_BALANCED, List.of(2), viewsPerChunk, false);
    }

    static NetworkInput input(int views, int height, int width, boolean posed) {
        return new NetworkInput(
                random(views, views * 3 * height * width), views, height, width, posed ? random(9, 9 * views) : null);
    }

    private static Network network(NetworkConfig config, WeightSource weights) {
        return new Network(engine, weights, "model", config);
    }

    private static NetworkOutput forward(Network network, NetworkRequest request) {
        return network.forward(input(VIEWS, HEIGHT, WIDTH, false), request, Progress.SILENT);
    }

    private static NetworkOutput forward(Network network, float[] image, ReferenceViewStrategy strategy) {
        NetworkRequest request = new NetworkRequest(everything(network, 1).outputs(), strategy, List.of(), 1, false);
        return network.forward(new NetworkInput(image, 3, HEIGHT, WIDTH, null), request, Progress.SILENT);
    }

    private static int reference(Network network, NetworkInput input) {
        return network.forward(input, NetworkRequest.of(Set.of()), Progress.SILENT)
                .referenceView();
    }

    private static float[] swapFirstTwo(float[] values, int views) {
        int size = values.length / views;
        float[] swapped = values.clone();
        System.arraycopy(values, 0, swapped, size, size);
        System.arraycopy(values, size, swapped, 0, size);
        return swapped;
    }

    private static void assertBetween(double low, double high, float[] values) {
        for (float value : values) {
            assertThat((double) value).isBetween(low, high);
        }
    }

    private static boolean isConstant(float[] values) {
        return Arrays.equals(values, 1, values.length, values, 0, values.length - 1);
    }

    private static void assertSameBytes(NetworkOutput actual, NetworkOutput expected) {
        assertThat(maps(actual)).containsOnlyKeys(maps(expected).keySet());
        for (String name : maps(expected).keySet()) {
            boolean same = Arrays.equals(maps(actual).get(name), maps(expected).get(name));
            assertThat(same).as(name).isTrue();
        }
        assertThat(actual.referenceView()).isEqualTo(expected.referenceView());
    }

    /** Returns the outputs that are present, by name. */
    private static Map<String, float[]> maps(NetworkOutput out) {
        Map<String, float[]> maps = new LinkedHashMap<>();
        maps.put("depth", out.depth());
        maps.put("confidence", out.confidence());
        maps.put("sky", out.sky());
        maps.put("rays", out.rays());
        maps.put("rayConfidence", out.rayConfidence());
        maps.put("poses", out.poseEncodings());
        maps.put("gaussians", out.gaussians());
        maps.put("densities", out.densities());
        out.features().forEach((layer, values) -> maps.put("features " + layer, values));
        maps.values().removeIf(values -> values == null);
        return maps;
    }
}
