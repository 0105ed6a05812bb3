package da3.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import da3.nn.Engine;
import da3.nn.Precision;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PrecisionTest {

    @BeforeAll
    static void load() {
        Library.load();
    }

    @Test
    void engineReportsItsPrecision() {
        assumeTrue(Library.hasBfloat16());
        try (Engine engine = new OneDnnEngine(2, Precision.BFLOAT16)) {
            assertThat(engine.precision()).isEqualTo("bfloat16");
            assertThat(engine.description()).contains("bfloat16, 2 threads");
        }
    }

    @Test
    void rejectsBfloat16OnProcessorsWithoutIt() {
        assumeFalse(Library.hasBfloat16());
        assertThatThrownBy(() -> new OneDnnEngine(1, Precision.BFLOAT16))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("use float32");
    }
}
