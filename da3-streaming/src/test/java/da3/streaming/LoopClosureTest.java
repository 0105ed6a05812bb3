package da3.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.View;
import da3.geometry.metrics.TrajectoryError;
import da3.streaming.frame.Frame;
import da3.streaming.store.LoopInfo;
import da3.streaming.store.WindowInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopClosureTest {

    private static final StreamingOptions OPTIONS = StreamingOptions.defaults().withWindow(10, 3);

    /** A circle, and its first quarter again. */
    private static final Oracle ORACLE = closed(Oracle.circle(60)).withNoise(0.1, 0.02);

    @TempDir
    private Path folder;

    private static Oracle closed(Oracle circle) {
        List<View> views = new ArrayList<>(circle.truth());
        views.addAll(circle.truth().subList(0, 15));
        return new Oracle(views, 0, 0, false);
    }

    @Test
    void loopsCorrectDrift() throws IOException {
        double without = error(OPTIONS.withLoops(LoopMethod.OFF), folder.resolve("without"));
        assertThat(without).isGreaterThan(0.1);
        assertThat(error(OPTIONS, folder.resolve("with"))).isLessThan(0.2 * without);
    }

    @Test
    void testedLoopsAreTrue() throws IOException {
        try (StreamingMap map = run(OPTIONS, folder, StreamingListener.SILENT)) {
            assertThat(map.loops()).hasSizeGreaterThan(4);
            assertThat(map.acceptedLoops()).isNotEmpty().allMatch(loop -> Math.abs(loop.to() - loop.from() - 60) <= 1);
        }
    }

    /** Frusta overlap in the map although it drifts; no descriptors are needed. */
    @Test
    void loopsFromOverlappingFrusta() throws IOException {
        double without = error(OPTIONS.withLoops(LoopMethod.OFF), folder.resolve("without"));
        StreamingOptions frusta = OPTIONS.withLoops(LoopMethod.FRUSTA);
        assertThat(error(frusta, folder.resolve("frusta"))).isLessThan(0.3 * without);
    }

    /** Frames have descriptors of their own, which windows do not compute; several predictors compute them. */
    @Test
    void loopsFromFramesThatAreDescribedAlone() throws IOException {
        StreamingOptions deep = OPTIONS.withLoops(LoopMethod.DEEP);
        WindowPredictor describing = new Describing();
        try (StreamingMap map = StreamingMap.open(folder, List.of(describing, describing), deep)) {
            map.run(ORACLE.source(), StreamingListener.SILENT);
            assertThat(map.acceptedLoops()).isNotEmpty().allMatch(loop -> Math.abs(loop.to() - loop.from() - 60) <= 1);
        }
    }

    private record Describing() implements WindowPredictor {

        @Override
        public String description() {
            return "describing";
        }

        @Override
        public Frame prepare(Frame frame) {
            return frame;
        }

        @Override
        public WindowPrediction predict(List<Frame> frames) {
            return new WindowPrediction(ORACLE.predict(frames).scene(), List.of());
        }

        @Override
        public List<float[]> describe(List<Frame> frames) {
            return ORACLE.predict(frames).descriptors();
        }
    }

    /** The oracle describes no frames alone, so there are no candidates. */
    @Test
    void noDescriptorsGiveNoLoops() throws IOException {
        try (StreamingMap map = run(OPTIONS.withLoops(LoopMethod.DEEP), folder, StreamingListener.SILENT)) {
            assertThat(map.loops()).isEmpty();
        }
    }

    @Test
    void methodsFromText() {
        assertThat(LoopMethod.parse("frusta")).isEqualTo(LoopMethod.FRUSTA);
        assertThatThrownBy(() -> LoopMethod.parse("on"))
                .hasMessage("loop method must be one of tokens, deep, frusta, off, got 'on'");
    }

    /** Tests of loops are not repeated after a kill, and do not change the result. */
    @Test
    void continuedTestsOfLoops() throws IOException {
        continuedTestsOfLoops(LoopMethod.TOKENS);
        continuedTestsOfLoops(LoopMethod.FRUSTA);
    }

    private void continuedTestsOfLoops(LoopMethod method) throws IOException {
        StreamingOptions options = OPTIONS.withLoops(method);
        Path whole = folder.resolve("whole " + method);
        run(options, whole, StreamingListener.SILENT).close();
        Path killed = folder.resolve("killed " + method);
        StreamingListener kill = new StreamingListener() {
            @Override
            public void windowStored(WindowInfo window, int frames) {}

            @Override
            public void loopTested(LoopInfo loop) {
                throw new IllegalStateException("killed");
            }
        };
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> run(options, killed, kill)).hasMessage("killed");
        }
        run(options, killed, StreamingListener.SILENT).close();
        assertThat(killed.resolve("map.da3s")).hasSameBinaryContentAs(whole.resolve("map.da3s"));
    }

    private static double error(StreamingOptions options, Path directory) throws IOException {
        try (StreamingMap map = run(options, directory, StreamingListener.SILENT)) {
            return TrajectoryError.of(map.cameras(), ORACLE.cameras())
                    .orElseThrow()
                    .absolute();
        }
    }

    private static StreamingMap run(StreamingOptions options, Path directory, StreamingListener listener)
            throws IOException {
        StreamingMap map = StreamingMap.open(directory, ORACLE, options);
        try {
            map.run(ORACLE.source(), listener);
            return map;
        } catch (IOException | RuntimeException e) {
            map.close();
            throw e;
        }
    }
}
