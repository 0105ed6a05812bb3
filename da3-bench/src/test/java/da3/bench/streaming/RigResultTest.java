package da3.bench.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.streaming.LoopMethod;
import da3.streaming.StreamingOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streaming of six cameras without overlap with an oracle, on a short drive. */
class RigResultTest {

    @TempDir
    private Path folder;

    @Test
    void theRigKeepsTheScale() throws IOException {
        RigDrive drive = RigDrive.render(120, 2, 28, 14, 1);
        RigOracle oracle = new RigOracle(drive, BuildingOracle.Errors.usual(), RigAccuracy.MISPLACEMENT, 1);
        StreamingOptions options = StreamingOptions.defaults()
                .withLoops(LoopMethod.OFF)
                .withRig(drive.rig(), RigAccuracy.INSTANTS, RigAccuracy.SHARED);
        RigResult result = RigResult.of(oracle, options, folder);
        assertThat(result.lengthRatio()).isCloseTo(1, within(0.01));
        assertThat(result.meanScale()).isCloseTo(1, within(0.01));
        assertThat(result.drift()).isCloseTo(1, within(0.01));
        assertThat(result.worstScale()).isLessThan(0.02);
        assertThat(result.endDistance()).isLessThan(0.02);
        assertThat(result.warnings()).isZero();
        assertThat(result.seamAcross()).isLessThan(1.3 * result.seamWithin());
    }
}
