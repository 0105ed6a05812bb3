package da3.streaming.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameRangeTest {

    @Test
    void windowsOverlapAndCoverTheSequence() {
        assertThat(FrameRange.windows(50, 20, 8))
                .containsExactly(range(0, 20), range(12, 32), range(24, 44), range(36, 50));
        assertThat(FrameRange.windows(7, 3, 1)).containsExactly(range(0, 3), range(2, 5), range(4, 7));
    }

    @ParameterizedTest
    @CsvSource({"1, 20, 10", "19, 20, 10", "20, 20, 10", "5, 5, 0"})
    void aShortSequenceIsOneWindow(int frames, int size, int overlap) {
        assertThat(FrameRange.windows(frames, size, overlap)).containsExactly(range(0, frames));
    }

    @Test
    void theLastWindowIsLongerThanTheOverlap() {
        for (int frames = 21; frames < 80; frames++) {
            List<FrameRange> windows = FrameRange.windows(frames, 20, 13);
            FrameRange last = windows.get(windows.size() - 1);
            assertThat(last.length()).isBetween(14, 20);
            assertThat(last.end()).isEqualTo(frames);
        }
    }

    @Test
    void framesAroundAFrameStayInsideTheRange() {
        FrameRange window = range(36, 50);
        assertThat(window.around(42, 5)).isEqualTo(range(37, 47));
        assertThat(window.around(38, 5)).isEqualTo(range(36, 46));
        assertThat(window.around(48, 5)).isEqualTo(range(40, 50));
        assertThat(window.around(42, 10)).isEqualTo(window);
        assertThat(window.around(49, 10)).isEqualTo(window);
    }

    @Test
    void anOverlapAsLongAsTheWindowIsRejected() {
        assertThatThrownBy(() -> FrameRange.windows(50, 20, 20)).hasMessage("overlap must be from 0 to 19, got 20");
    }

    private static FrameRange range(int start, int end) {
        return new FrameRange(start, end);
    }
}
