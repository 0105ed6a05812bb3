package da3.geometry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DepthMetricsTest {

    @Test
    void comparesKnownDepthUpToScale() {
        DepthMetrics metrics = DepthMetrics.of(new float[] {2, 4, 8, 99}, new float[] {1, 2, 6, 0});
        // scaled by 2 / 4: 1, 2, 4
        assertThat(metrics.absRel()).isCloseTo(1.0 / 9, within(1e-9));
        assertThat(metrics.delta1()).isCloseTo(2.0 / 3, within(1e-9));
    }

    @Test
    void aConstantIsComparedWithTheMedian() {
        DepthMetrics metrics = DepthMetrics.ofConstant(new float[] {1, 2, 4});
        assertThat(metrics.absRel()).isCloseTo((1 + 0 + 0.5) / 3, within(1e-9));
    }
}
