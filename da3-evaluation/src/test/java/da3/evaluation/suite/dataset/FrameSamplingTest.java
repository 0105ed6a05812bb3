package da3.evaluation.suite.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values are those of CPython 3.11: {@code random.seed(seed); random.shuffle(x)}. */
class FrameSamplingTest {

    @ParameterizedTest
    @CsvSource({
        "42, 10, '7 3 2 8 5 6 9 4 0 1'",
        "-42, 10, '7 3 2 8 5 6 9 4 0 1'",
        "0, 8, '4 1 5 2 0 3 7 6'",
        "1099511627783, 10, '0 5 2 3 6 1 8 4 7 9'",
    })
    void theOrderIsThatOfPython(long seed, int count, String expected) {
        int[] values = IntStream.range(0, count).toArray();
        new PythonRandom(seed).shuffle(values);
        assertThat(values).containsExactly(numbers(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 10, 42, '33 85 354 483 507 523 750 776 895 922'",
        "500, 12, 42, '45 53 72 74 156 164 209 315 333 383 403 415'",
        "101, 5, 1099511627783, '8 25 51 68 74'",
    })
    void theFramesAreThoseOfTheReference(int frames, int maxFrames, long seed, String expected) {
        assertThat(new FrameSampling(maxFrames, seed).indices(frames)).containsExactly(numbers(expected));
    }

    @Test
    void theDefaultsAreThoseOfTheReference() {
        int[] indices = FrameSampling.defaults().indices(1000);
        assertThat(indices).hasSize(100).isSorted();
        assertThat(IntStream.of(indices).sum()).isEqualTo(49150);
    }

    @Test
    void fewFramesAreKept() {
        assertThat(new FrameSampling(3, 42).sample(List.of("a", "b", "c"))).containsExactly("a", "b", "c");
        assertThat(new FrameSampling(2, 42).sample(List.of("a", "b", "c"))).hasSize(2);
    }

    @Test
    void atLeastOneFrameIsChosen() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FrameSampling(0, 42))
                .withMessage("maximum number of frames must be at least 1, got 0");
    }

    private static int[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    }
}
