package da3.nn.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.nn.Engine;
import da3.nn.EngineProvider;
import da3.nn.Precision;
import da3.nn.Scope;
import java.util.Arrays;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Nd4jEngineTest {

    @Test
    void describesItself() {
        try (Engine engine = new Nd4jEngine(2)) {
            assertThat(engine.name()).isEqualTo("nd4j");
            assertThat(engine.threads()).isEqualTo(2);
            assertThat(engine.precision()).isEqualTo("float32");
            assertThat(engine.description()).contains("ND4J", "float32", "2 threads");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void rejectsFewerThanOneThread(int threads) {
        assertThatThrownBy(() -> new Nd4jEngine(threads))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("threads must be at least 1, got " + threads);
    }

    @Test
    void isFoundByName() {
        EngineProvider provider = ServiceLoader.load(EngineProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(p -> p.name().equals("nd4j"))
                .findFirst()
                .orElseThrow();
        try (Engine engine = provider.create(1, Precision.FLOAT32)) {
            assertThat(engine).isInstanceOf(Nd4jEngine.class);
            assertThat(engine.name()).isEqualTo(provider.name());
        }
    }

    @Test
    void closesOnce() {
        Engine engine = new Nd4jEngine(1);
        engine.close();
        engine.close();
        assertThatThrownBy(() -> engine.run(() -> 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("nd4j", "closed");
    }

    @Test
    void closingReleasesScopesLeftOpen() {
        Engine engine = new Nd4jEngine(1);
        Nd4jTensor lost = engine.run(() -> {
            engine.scope();
            return (Nd4jTensor) engine.upload(new float[5], 5);
        });
        engine.close();
        assertThat(lost.storage.users).isZero();
        assertThat(lost.storage.block.memory().buffer.wasClosed()).isTrue();
    }

    @Test
    void concurrentCallersGetTheirOwnResults() {
        try (Engine engine = new Nd4jEngine(1)) {
            double[] sums = IntStream.range(0, 64)
                    .parallel()
                    .mapToDouble(i -> sumOfTwice(engine, i))
                    .toArray();
            assertThat(sums)
                    .containsExactly(
                            IntStream.range(0, 64).mapToDouble(i -> 200.0 * i).toArray());
        }
    }

    @Test
    void enginesAreIndependent() {
        try (Engine a = new Nd4jEngine(1);
                Engine b = new Nd4jEngine(2)) {
            assertThat(sumOfTwice(a, 3)).isEqualTo(sumOfTwice(b, 3));
            b.close();
            assertThat(sumOfTwice(a, 4)).isEqualTo(800);
        }
    }

    private static double sumOfTwice(Engine engine, int value) {
        float[] values = new float[100];
        Arrays.fill(values, value);
        float[] twice = engine.run(() -> {
            try (Scope scope = engine.scope()) {
                return engine.download(engine.add(engine.upload(values, 100), engine.upload(values, 100)));
            }
        });
        return IntStream.range(0, 100).mapToDouble(i -> twice[i]).sum();
    }
}
