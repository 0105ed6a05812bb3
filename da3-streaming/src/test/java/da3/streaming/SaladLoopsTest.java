package da3.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.core.EngineOptions;
import da3.geometry.View;
import da3.streaming.salad.Salad;
import da3.streaming.salad.SmallSalad;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loops among frames that SALAD describes, by a network whose weights are random. */
class SaladLoopsTest {

    private static final StreamingOptions OPTIONS =
            StreamingOptions.defaults().withWindow(10, 3).withLoops(LoopMethod.DEEP);

    @TempDir
    private Path folder;

    /** Frames that are seen twice have the same descriptors. */
    @Test
    void framesOfTheSamePlaceAreFound() throws IOException {
        List<View> views = new ArrayList<>(Oracle.circle(30).truth());
        views.addAll(views.subList(0, 8));
        Oracle oracle = new Oracle(views, 0, 0, false);
        Path weights = SmallSalad.write(folder.resolve("salad.safetensors"));
        try (Salad salad = Salad.open(weights, new EngineOptions("onednn", 1));
                StreamingMap map = StreamingMap.open(folder, oracle.describedBy(salad), OPTIONS)) {
            map.run(oracle.source(), StreamingListener.SILENT);
            assertThat(map.acceptedLoops())
                    .filteredOn(loop -> loop.to() - loop.from() == 30)
                    .hasSizeGreaterThan(2);
        }
        assertThatThrownBy(() -> StreamingMap.open(folder, oracle, OPTIONS))
                .hasMessageContaining("model of a run that continues")
                .hasMessageContaining("oracle, frames described by DINOv2-SALAD with SHA-256");
    }
}
