package da3.bench;

import static org.assertj.core.api.Assertions.assertThat;

import da3.core.DepthAnything3;
import da3.core.EngineOptions;
import da3.core.InferenceOptions;
import da3.streaming.StreamingListener;
import da3.streaming.StreamingMap;
import da3.streaming.StreamingOptions;
import da3.streaming.WindowPredictor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamingEnginesTest {

    private static final EngineOptions ONE_THREAD = new EngineOptions(EngineOptions.AUTO, 1);
    private static final PanoramaFrames FRAMES = PanoramaFrames.of(26, 42, 28);

    @TempDir
    private Path folder;

    /** Two engines of one thread each compute the same bytes as one. */
    @Test
    void theNumberOfEnginesDoesNotChangeTheResult() throws IOException {
        try (DepthAnything3 first = DepthAnything3.load("da3-tiny", ONE_THREAD);
                DepthAnything3 second = DepthAnything3.load("da3-tiny", ONE_THREAD)) {
            run("one", List.of(first));
            run("two", List.of(first, second));
        }
        assertThat(folder.resolve("two/map.da3s")).hasSameBinaryContentAs(folder.resolve("one/map.da3s"));
    }

    private void run(String name, List<DepthAnything3> models) throws IOException {
        InferenceOptions inference = InferenceOptions.builder().resolution(42).build();
        List<WindowPredictor> predictors = models.stream()
                .map(model -> WindowPredictor.of(model, "da3-tiny", inference))
                .toList();
        StreamingOptions options = StreamingOptions.defaults().withWindow(8, 2);
        try (StreamingMap map = StreamingMap.open(folder.resolve(name), predictors, options)) {
            map.run(FRAMES, StreamingListener.SILENT);
            assertThat(map.windows()).hasSize(4);
        }
    }
}
