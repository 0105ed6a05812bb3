package da3.streaming.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoopWindowTest {

    private final List<FrameRange> windows = FrameRange.windows(50, 20, 8);

    @Test
    void aFrameInAnOverlapBelongsToTheLaterWindow() {
        LoopWindow loop = only(new LoopPair(25, 15, 1));
        assertThat(loop.windowA()).isEqualTo(2);
        assertThat(loop.windowB()).isEqualTo(1);
        assertThat(loop.frames())
                .containsExactly(24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21);
    }

    @Test
    void loopsWithAFrameOutsideTheSequenceAreOmitted() {
        assertThat(LoopWindow.of(windows, List.of(new LoopPair(50, 1, 1), new LoopPair(1, -1, 1)), 5))
                .isEmpty();
    }

    @Test
    void theFirstLoopOfTwoWindowsIsUsedAndNoneWithinAWindow() {
        List<LoopPair> pairs = List.of(
                new LoopPair(48, 1, 1), new LoopPair(15, 14, 1), new LoopPair(49, 0, 1), new LoopPair(1, 48, 1));
        List<LoopWindow> loops = LoopWindow.distinct(LoopWindow.of(windows, pairs, 5));
        assertThat(loops).containsExactly(only(pairs.get(0)), only(pairs.get(3)));
    }

    private LoopWindow only(LoopPair pair) {
        List<LoopWindow> loops = LoopWindow.of(windows, List.of(pair), 5);
        assertThat(loops).hasSize(1);
        return loops.get(0);
    }
}
