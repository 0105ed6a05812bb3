package da3.geometry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
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
    void comparesDepthAsItIs() {
        DepthMetrics metrics = DepthMetrics.unaligned(new float[] {2, 4, 8, 99}, new float[] {1, 4, 10, 0});
        assertThat(metrics.absRel()).isCloseTo((1 + 0 + 0.2) / 3, within(1e-9));
        assertThat(metrics.delta1()).isCloseTo(1.0 / 3, within(1e-9)); // a factor of 1.25 is not below it
    }

    @Test
    void aScaleAndAShiftAreFitted() {
        DepthMetrics exact = DepthMetrics.affine(new float[] {1, 2, 4, 99}, new float[] {5, 7, 11, 0});
        assertThat(exact.absRel()).isCloseTo(0, within(1e-9));
        assertThat(exact.delta1()).isEqualTo(1);
        // the least squares line through (0, 1), (1, 3), (2, 2) is 1.5 + 0.5 x
        DepthMetrics fitted = DepthMetrics.affine(new float[] {0, 1, 2}, new float[] {1, 3, 2});
        assertThat(fitted.absRel()).isCloseTo((0.5 / 1 + 1 / 3.0 + 0.5 / 2) / 3, within(1e-9));
        DepthMetrics constant = DepthMetrics.affine(new float[] {7, 7}, new float[] {1, 3});
        assertThat(constant.absRel()).isCloseTo((1 + 1 / 3.0) / 2, within(1e-9));
    }

    @Test
    void alignedDepthBehindTheCameraIsWrong() {
        // the fitted depth of the first pixel is -0.33
        DepthMetrics metrics = DepthMetrics.affine(new float[] {1, 2, 3}, new float[] {1e-3f, 9, 20});
        assertThat(metrics.delta1()).isCloseTo(2.0 / 3, within(1e-9));
    }

    @Test
    void rejectsTruthWithoutDepth() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DepthMetrics.unaligned(new float[2], new float[2]))
                .withMessage("number of pixels with a true depth must be positive, got 0");
    }

    @Test
    void aConstantIsComparedWithTheMedian() {
        DepthMetrics metrics = DepthMetrics.ofConstant(new float[] {1, 2, 4});
        assertThat(metrics.absRel()).isCloseTo((1 + 0 + 0.5) / 3, within(1e-9));
    }
}
