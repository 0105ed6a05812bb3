package da3.streaming.prior;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrameTimesTest {

    private final FrameTimes times = new FrameTimes(new double[] {2, 1, 1, 1.5});

    @Test
    void theNearestFrameIsFound() {
        assertThat(times.nearest(1.9)).contains(0);
        assertThat(times.nearest(1.4)).contains(3);
    }

    @Test
    void theFirstOfFramesAtTheSameTimeCounts() {
        assertThat(times.nearest(1)).contains(1);
    }

    @Test
    void theEarlierOfTwoEquallyNearFramesCounts() {
        assertThat(new FrameTimes(new double[] {0.25, 0}).nearest(0.125)).contains(1);
    }

    @Test
    void aFrameThatIsTooFarIsNotFound() {
        assertThat(times.nearest(2.14)).contains(0);
        assertThat(times.nearest(2.16)).isEmpty();
        assertThat(new FrameTimes(new double[0]).nearest(1)).isEmpty();
    }
}
