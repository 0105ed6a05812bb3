package da3.streaming;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.Scene;
import da3.geometry.View;
import da3.streaming.frame.Frame;
import da3.streaming.frame.FrameSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictors that do not keep their promises end a run with a sentence. */
class WindowPredictionTest {

    private static final Oracle ORACLE = Oracle.circle(4);

    @TempDir
    private Path folder;

    @Test
    void everyFrameNeedsAView() {
        assertFails(views -> views.subList(0, 3), "number of predicted views must be the number of frames, 4, got 3");
    }

    @Test
    void everyViewNeedsACamera() {
        assertFails(
                views -> views.stream()
                        .map(view -> new View(view.image(), view.depth(), view.confidence(), Optional.empty()))
                        .toList(),
                "predicted view 0 must be a view with a camera, got one without camera");
    }

    private void assertFails(UnaryOperator<List<View>> change, String message) {
        WindowPredictor predictor = new WindowPredictor() {
            @Override
            public String description() {
                return "changed";
            }

            @Override
            public Frame prepare(Frame frame) {
                return frame;
            }

            @Override
            public WindowPrediction predict(List<Frame> frames) {
                Scene scene = ORACLE.predict(frames).scene();
                return new WindowPrediction(new Scene(change.apply(scene.views()), Optional.empty(), false), List.of());
            }
        };
        FrameSource source = ORACLE.source();
        assertThatThrownBy(() -> {
                    try (StreamingMap map = StreamingMap.open(folder, predictor, StreamingOptions.defaults())) {
                        map.run(source, StreamingListener.SILENT);
                    }
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
