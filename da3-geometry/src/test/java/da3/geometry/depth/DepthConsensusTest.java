package da3.geometry.depth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.DegenerateGeometryException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DepthConsensusTest {

    @ParameterizedTest
    @ValueSource(ints = {30, 300, 20_000})
    void outliersDoNotChangeTheFit(int samples) {
        Random random = new Random(3);
        double[] relative = random.doubles(samples, 0.2, 4).toArray();
        double[] measured = new double[samples];
        for (int i = 0; i < samples; i++) {
            measured[i] =
                    i % 6 == 0 ? 30 * random.nextDouble() : 2.5 * relative[i] - 0.3 + 0.01 * random.nextGaussian();
        }
        DepthConsensus fit = DepthConsensus.of(relative, measured, 1);
        assertThat(fit.scale()).isCloseTo(2.5, within(0.02));
        assertThat(fit.shift()).isCloseTo(-0.3, within(0.04));
        for (int i = 0; i < samples; i++) {
            double error = Math.abs(measured[i] - (2.5 * relative[i] - 0.3));
            assertThat(fit.inliers()[i] || error > 0.5 * fit.threshold()).isTrue();
        }
        assertThat(fit.apply(2)).isCloseTo(4.7, within(0.02));
    }

    @Test
    void theThresholdIsTheMeanAbsoluteDeviationFromTheMedianResidual() {
        DepthConsensus fit = DepthConsensus.of(new double[] {0, 2, 3, 4}, new double[] {0, 1.2, 1.2, 1.2}, 0);
        double scale = 2.7 / 8.75;
        double shift = 0.9 - 2.25 * scale;
        double[] residuals = {-shift, 1.2 - shift - 2 * scale, 1.2 - shift - 3 * scale, 1.2 - shift - 4 * scale};
        double[] sorted = Arrays.stream(residuals).sorted().toArray();
        double median = (sorted[1] + sorted[2]) / 2;
        double expected = Arrays.stream(residuals)
                .map(residual -> Math.abs(residual - median))
                .average()
                .orElseThrow();
        assertThat(fit.threshold()).isCloseTo(expected, within(1e-12));
    }

    @Test
    void samplesWithoutNoiseAreAllInliers() {
        double[] relative = new Random(4).doubles(50, 0.1, 2).toArray();
        double[] measured =
                Arrays.stream(relative).map(depth -> 0.37 * depth + 1.13).toArray();
        DepthConsensus fit = DepthConsensus.of(relative, measured, 0);
        assertThat(fit.scale()).isCloseTo(0.37, within(1e-12));
        assertThat(fit.inliers()).containsOnly(true);
    }

    @Test
    void theScaleIsPositiveEvenIfMostSamplesFall() {
        double[] relative = {1, 2, 3, 4, 5, 6};
        double[] measured = {9, 8, 7, 6, 5, 6};
        assertThat(DepthConsensus.of(relative, measured, 0).inliers()).contains(true);
        assertThatThrownBy(() -> DepthConsensus.of(new double[] {1, 2, 3}, new double[] {3, 2, 1}, 0))
                .isInstanceOf(DegenerateGeometryException.class)
                .hasMessage("measured depths must rise with relative depths, got none that do");
    }

    @Test
    void rejectsSamplesThatDetermineNoLine() {
        assertThatThrownBy(() -> DepthConsensus.of(new double[] {2, 2}, new double[] {1, 3}, 0))
                .isInstanceOf(DegenerateGeometryException.class)
                .hasMessage("number of different relative depths must be at least 2, got 1");
        assertThatThrownBy(() -> DepthConsensus.of(new double[0], new double[0], 0))
                .isInstanceOf(DegenerateGeometryException.class)
                .hasMessage("number of different relative depths must be at least 2, got 0");
        assertThatThrownBy(() -> DepthConsensus.of(new double[] {2, Double.NaN}, new double[] {1, 3}, 0))
                .isInstanceOf(DegenerateGeometryException.class)
                .hasMessage("relative depth must be finite, got NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DepthConsensus.of(new double[] {2, 1}, new double[] {1}, 0))
                .withMessage("number of measured depths must be 2, got 1");
    }
}
