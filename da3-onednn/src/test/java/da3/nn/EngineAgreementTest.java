package da3.nn;

import static org.assertj.core.api.Assertions.assertThat;

import da3.nn.nd4j.Nd4jEngine;
import da3.onednn.OneDnnEngine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares whole networks between both engines, with the same weights and images. */
class EngineAgreementTest {

    /** Relative and absolute: a dozen layers that round in different orders. */
    private static final float TOLERANCE = 2e-5f;

    static Stream<Named<NetworkConfig>> configs() {
        return Stream.of(
                Named.of("any-view", SmallNetworks.anyView()),
                Named.of("giant", SmallNetworks.giant()),
                Named.of("mono", SmallNetworks.mono()));
    }

    @ParameterizedTest
    @MethodSource("configs")
    void networksAgree(NetworkConfig config) {
        try (Engine reference = new Nd4jEngine(2);
                Engine engine = new OneDnnEngine(2)) {
            for (int[] size : new int[][] {{1, 14, 14}, {3, 28, 42}, {2, 70, 56}}) {
                Map<String, float[]> expected = run(reference, config, size[0], size[1], size[2]);
                Map<String, float[]> actual = run(engine, config, size[0], size[1], size[2]);
                assertThat(actual).containsOnlyKeys(expected.keySet());
                expected.forEach((name, values) -> assertThat(largestError(actual.get(name), values))
                        .as("%s of %d views of %dx%d", name, size[0], size[1], size[2])
                        .isLessThan(TOLERANCE));
            }
        }
    }

    static Map<String, float[]> run(Engine engine, NetworkConfig config, int views, int height, int width) {
        Network network = new Network(engine, new SeededWeights(1), "model", config);
        NetworkOutput out = network.forward(
                NetworkTest.input(views, height, width, false), NetworkTest.everything(network, 2), Progress.SILENT);
        Map<String, float[]> maps = new LinkedHashMap<>();
        maps.put("depth", out.depth());
        maps.put("confidence", out.confidence());
        maps.put("sky", out.sky());
        maps.put("rays", out.rays());
        maps.put("ray confidence", out.rayConfidence());
        maps.put("pose encodings", out.poseEncodings());
        maps.put("gaussians", out.gaussians());
        maps.put("densities", out.densities());
        out.features().forEach((layer, values) -> maps.put("features " + layer, values));
        maps.values().removeIf(values -> values == null);
        return maps;
    }

    private static float largestError(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        float largest = 0;
        for (int i = 0; i < actual.length; i++) {
            largest = Math.max(largest, Math.abs(actual[i] - expected[i]) / (1 + Math.abs(expected[i])));
        }
        return largest;
    }
}
