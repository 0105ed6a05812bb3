package da3.nn.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import da3.nn.Engine;
import da3.nn.Scope;
import org.junit.jupiter.api.Test;

class ScratchTest {

    @Test
    void aLargeResizeReleasesItsMemory() throws Exception {
        try (Engine engine = new Nd4jEngine(1)) {
            resize(engine, 10);
            long before = ResidentMemory.anonymousBytes();
            resize(engine, 1500);
            assertThat(ResidentMemory.anonymousBytes() - before).isLessThan(300L << 20);
        }
    }

    /** Resizes to 1500 rows: 576 MB, once in the arena and once in scratch memory. */
    private static void resize(Engine engine, int rows) {
        engine.run(() -> {
            try (Scope scope = engine.scope()) {
                return engine.resize(engine.upload(new float[4 * 4 * 64], 1, 4, 4, 64), rows, 1500);
            }
        });
    }
}
