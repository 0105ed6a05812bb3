package da3.nn;

import static da3.nn.EngineAgreementTest.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import da3.onednn.OneDnnEngine;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares whole networks in bfloat16 with float32. */
class Bfloat16NetworksTest {

    /** Relative L2: half a unit is 1/256, and errors add up over layers. */
    private static final double TOLERANCE = 0.03;

    @ParameterizedTest
    @MethodSource("da3.nn.EngineAgreementTest#configs")
    void areCloseToFloat32(NetworkConfig config) {
        try (Engine exact = new OneDnnEngine(2);
                Engine rounded = bfloat16()) {
            for (int[] size : new int[][] {{1, 14, 14}, {3, 28, 42}, {2, 70, 56}}) {
                Map<String, float[]> expected = run(exact, config, size[0], size[1], size[2]);
                Map<String, float[]> actual = run(rounded, config, size[0], size[1], size[2]);
                assertThat(actual).containsOnlyKeys(expected.keySet());
                expected.forEach((name, values) -> assertThat(relativeError(actual.get(name), values))
                        .as("%s of %d views of %dx%d", name, size[0], size[1], size[2])
                        .isLessThan(TOLERANCE));
                assertThat(run(rounded, config, size[0], size[1], size[2])).containsExactlyEntriesOf(actual);
            }
        }
    }

    /** Outputs are float32: values rounded to bfloat16 would end with 16 zero bits. */
    @Test
    void outputsAreNotRounded() {
        try (Engine engine = bfloat16()) {
            Map<String, float[]> out = run(engine, SmallNetworks.giant(), 2, 28, 42);
            for (String name : new String[] {"depth", "confidence", "rays", "pose encodings", "gaussians"}) {
                long rounded = 0;
                for (float value : out.get(name)) {
                    rounded += (Float.floatToRawIntBits(value) & 0xffff) == 0 ? 1 : 0;
                }
                assertThat(rounded).as(name).isLessThan(out.get(name).length / 2);
            }
        }
    }

    private static Engine bfloat16() {
        try {
            return new OneDnnEngine(2, Precision.BFLOAT16);
        } catch (IllegalStateException e) {
            assumeTrue(false, e.getMessage());
            throw e;
        }
    }

    static double relativeError(float[] actual, float[] expected) {
        double error = 0;
        double size = 0;
        for (int i = 0; i < expected.length; i++) {
            error += Math.pow(actual[i] - expected[i], 2);
            size += (double) expected[i] * expected[i];
        }
        return Math.sqrt(error / Math.max(size, 1e-30)); // a sky may be zero everywhere
    }
}
