package da3.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import da3.nn.Activation;
import da3.nn.Engine;
import da3.nn.Parameter;
import da3.nn.Precision;
import da3.nn.Scope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PrecisionTest {

    private static final int IN = 256;

    @BeforeAll
    static void load() {
        Library.start();
    }

    @Test
    void tokensAreRoundedToBfloat16AndMapsAreNot() {
        assumeTrue(Library.hasBfloat16());
        try (Engine exact = new OneDnnEngine(2);
                Engine rounded = new OneDnnEngine(2, Precision.BFLOAT16)) {
            assertThat(rounded.precision()).isEqualTo("bfloat16");
            assertThat(rounded.description()).contains("bfloat16, 2 threads");
            float[] expected = product(exact, 1, 333, IN);
            float[] tokens = product(rounded, 1, 333, IN);
            double error = 0;
            for (int i = 0; i < tokens.length; i++) {
                error += Math.abs(tokens[i] - expected[i]) / tokens.length;
                // both factors lose up to 2^-9 of each of 256 terms of order 1, in random directions
                assertThat(tokens[i]).isCloseTo(expected[i], within(16 * 6 * 0.003f));
            }
            assertThat(error).isBetween(0.005, 0.05);
            assertThat(product(rounded, 1, 3, 111, IN)).isEqualTo(product(exact, 1, 3, 111, IN));
        }
    }

    @Test
    void aWeightKeepsThePrecisionOfItsFirstUse() {
        assumeTrue(Library.hasBfloat16());
        try (Engine engine = new OneDnnEngine(1, Precision.BFLOAT16)) {
            Parameter weight = engine.parameter(new RandomWeights(), "w", Parameter.Role.LINEAR, 96, IN);
            float[] tokens = product(engine, weight, 1, 48, IN);
            assertThat(product(engine, weight, 1, 4, 12, IN)).isEqualTo(tokens);
        }
    }

    @Test
    void processorsWithoutBfloat16RefuseIt() {
        assumeFalse(Library.hasBfloat16());
        assertThatThrownBy(() -> new OneDnnEngine(1, Precision.BFLOAT16))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("use float32");
    }

    private static float[] product(Engine engine, int... shape) {
        return product(engine, engine.parameter(new RandomWeights(), "w", Parameter.Role.LINEAR, 96, IN), shape);
    }

    private static float[] product(Engine engine, Parameter weight, int... shape) {
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                float[] x = RandomWeights.values(1, OneDnnTensor.product(shape));
                return engine.download(engine.linear(engine.upload(x, shape), weight, null, Activation.NONE));
            }
        });
    }
}
