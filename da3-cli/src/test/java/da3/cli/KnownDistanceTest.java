package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.KnownDistance;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class KnownDistanceTest {

    private final KnownDistanceConverter converter = new KnownDistanceConverter();

    @Test
    void theViewIsTheFirstUnlessItIsNamed() {
        assertThat(converter.convert("412,300.5:980,310=1.48"))
                .isEqualTo(new KnownDistance(0, 412, 300.5, 980, 310, 1.48));
        assertThat(converter.convert("2:4,3:9,3=0.5")).isEqualTo(new KnownDistance(2, 4, 3, 9, 3, 0.5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1,2:3,4", "1,2-3,4=5", "1,2:3,4=-5", "1,2:3,4=0", "1,2:1,2=3", "-1:1,2:3,4=5"})
    void otherTextIsRejected(String text) {
        assertThatThrownBy(() -> converter.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("known distance");
    }

    @Test
    void theResultIsInMeters(@TempDir Path folder) {
        CommandRun run = CommandRun.of(
                "auto",
                "--model=da3-tiny",
                "--process-res=56",
                "--known-distance=10,10:200,150=1.5",
                "--export-format=tum",
                "--json",
                "--export-dir=" + folder.resolve("out"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("\"metric\":true");
    }
}
