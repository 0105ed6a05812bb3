package da3.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.streaming.frame.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs with several predictors, which compute windows at the same time. */
@Timeout(60)
class SeveralPredictorsTest {

    private static final StreamingOptions OPTIONS = StreamingOptions.defaults().withWindow(6, 2);
    private static final int FRAMES = 34; // eight windows

    @TempDir
    private Path folder;

    /** A wall that sometimes takes longer, and whose prediction fails if one begins at a given frame. */
    private record Uneven(int failure) implements WindowPredictor {

        @Override
        public String description() {
            return "wall";
        }

        @Override
        public Frame prepare(Frame frame) {
            return frame;
        }

        @Override
        public WindowPrediction predict(List<Frame> frames) {
            int first = (int) frames.get(0).number();
            if (first == failure) {
                throw new IllegalStateException("the network failed");
            }
            return new Wall(first % 3 * 10).predict(frames);
        }
    }

    @Test
    void theirNumberDoesNotChangeTheResult() throws IOException {
        run(1, -1);
        for (int predictors = 2; predictors <= 4; predictors++) {
            run(predictors, -1);
            assertSame(predictors);
        }
    }

    /** A run that continues may have another number of predictors. */
    @Test
    void aFailureKeepsTheWindowsBefore() throws IOException {
        run(1, -1);
        assertThatThrownBy(() -> run(3, 16)).hasMessage("the network failed");
        try (StreamingMap map = open(3, -1)) {
            assertThat(map.windows()).hasSize(4);
        }
        run(3, -1);
        assertSame(3);
    }

    /** Predictors that wait for each other only return if they run at the same time. */
    @Test
    void theyRunAtTheSameTime() throws IOException {
        CyclicBarrier both = new CyclicBarrier(2);
        WindowPredictor waiting = new WindowPredictor() {
            @Override
            public String description() {
                return "waiting";
            }

            @Override
            public Frame prepare(Frame frame) {
                return frame;
            }

            @Override
            public WindowPrediction predict(List<Frame> frames) {
                try {
                    both.await(30, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                return new Wall(0).predict(frames);
            }
        };
        StreamingOptions options = OPTIONS.withLoops(LoopMethod.OFF);
        try (StreamingMap map = StreamingMap.open(folder, List.of(waiting, waiting), options)) {
            map.run(Wall.source(FRAMES), StreamingListener.SILENT);
            assertThat(map.windows()).hasSize(8);
        }
    }

    @Test
    void theyMustBeTheSame() {
        assertThatThrownBy(() -> StreamingMap.open(folder, List.of(new Wall(0), Oracle.circle(1)), OPTIONS))
                .hasMessage("description of all predictors must be wall, got oracle");
        assertThatThrownBy(() -> StreamingMap.open(folder, List.of(), OPTIONS))
                .hasMessage("number of predictors must be at least 1, got 0");
    }

    private StreamingMap open(int predictors, int failure) throws IOException {
        List<WindowPredictor> all = Collections.nCopies(predictors, new Uneven(failure));
        return StreamingMap.open(folder.resolve("" + predictors), all, OPTIONS);
    }

    private void run(int predictors, int failure) throws IOException {
        try (StreamingMap map = open(predictors, failure)) {
            map.run(Wall.source(FRAMES), StreamingListener.SILENT);
        }
    }

    private void assertSame(int predictors) {
        assertThat(folder.resolve(predictors + "/map.da3s")).hasSameBinaryContentAs(folder.resolve("1/map.da3s"));
    }
}
