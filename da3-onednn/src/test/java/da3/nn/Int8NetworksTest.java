package da3.nn;

import static da3.nn.EngineAgreementTest.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import da3.onednn.OneDnnEngine;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares whole networks in int8 with float32. With AMX, the linear maps of these networks are in bfloat16, since they
 * have too few inputs, and only convolutions are in int8.
 */
class Int8NetworksTest {

    private static final double TOLERANCE = 0.2; // relative L2; errors add up over layers, and depth is an exponential

    static Stream<Named<NetworkConfig>> configs() { // with numbers of inputs that are multiples of 64
        return Stream.of(
                Named.of("any-view", MediumNetworks.anyView(false)),
                Named.of("any-view with SwiGLU", MediumNetworks.anyView(true)),
                Named.of("mono", MediumNetworks.mono()));
    }

    @ParameterizedTest
    @MethodSource("configs")
    void areCloseToFloat32(NetworkConfig config) {
        try (Engine exact = new OneDnnEngine(2);
                Engine quantized = int8()) {
            for (int[] size : new int[][] {{1, 14, 14}, {3, 28, 42}}) {
                Map<String, float[]> expected = run(exact, config, size[0], size[1], size[2]);
                Map<String, float[]> actual = run(quantized, config, size[0], size[1], size[2]);
                assertThat(actual).containsOnlyKeys(expected.keySet());
                expected.remove("pose encodings"); // untrained camera decoders amplify rounding errors
                expected.forEach(
                        (name, values) -> assertThat(Bfloat16NetworksTest.relativeError(actual.get(name), values))
                                .as("%s of %d views of %dx%d", name, size[0], size[1], size[2])
                                .isBetween(1e-4, TOLERANCE));
                assertThat(run(quantized, config, size[0], size[1], size[2])).containsExactlyEntriesOf(actual);
            }
        }
    }

    private static Engine int8() {
        try {
            return new OneDnnEngine(2, Precision.INT8);
        } catch (IllegalStateException e) {
            assumeTrue(false, e.getMessage());
            throw e;
        }
    }
}
