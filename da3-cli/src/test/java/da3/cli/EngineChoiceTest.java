package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;

import da3.core.EngineOptions;
import da3.core.Engines;
import da3.nn.Engine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineChoiceTest {

    /** Continuous integration runs on processors with AVX2. */
    @ParameterizedTest
    @CsvSource({"auto, onednn", "onednn, onednn", "nd4j, nd4j"})
    void autoSelectsTheFastestEngine(String name, String expected) {
        try (Engine engine =
                Engines.create(EngineOptions.defaults().withEngine(name).withThreads(1))) {
            assertThat(engine.name()).isEqualTo(expected);
            assertThat(engine.threads()).isOne();
        }
    }
}
