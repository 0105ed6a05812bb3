package da3.streaming.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.ScalarMap;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScaleMethodTest {

    private static final int PIXELS = 400;

    private final Random random = new Random(2);
    private final float[] source = new float[PIXELS];
    private final float[] target = new float[PIXELS];
    private final float[] confidence = new float[PIXELS];

    ScaleMethodTest() {
        for (int i = 0; i < PIXELS; i++) {
            source[i] = 1 + 9 * random.nextFloat();
            target[i] = 1.5f * source[i];
        }
        Arrays.fill(confidence, 2);
    }

    @ParameterizedTest
    @EnumSource(ScaleMethod.class)
    void anExactRatioIsFound(ScaleMethod method) {
        assertThat(estimate(method).scale()).isCloseTo(1.5, within(1e-6));
    }

    @Test
    void theConsensusIgnoresOutliers() {
        for (int i = 0; i < PIXELS; i += 4) {
            target[i] = 12 * random.nextFloat();
        }
        ScaleEstimate estimate = estimate(ScaleMethod.RANSAC);
        assertThat(estimate.scale()).isCloseTo(1.5, within(0.01));
        assertThat(estimate.quality()).isBetween(0.75, 0.8);
        assertThat(estimate(ScaleMethod.RANSAC)).isEqualTo(estimate);
    }

    @Test
    void theWeightedEstimateIsAQuantileAndNotAMedian() {
        for (int i = 0; i < PIXELS; i++) {
            target[i] = source[i] * (1 + (i % 100) * 0.01f);
        }
        ScaleEstimate estimate = estimate(ScaleMethod.WEIGHTED);
        assertThat(estimate.scale()).isCloseTo(1.89, within(0.011));
        assertThat(estimate.quality()).isCloseTo(0, within(1e-5));
    }

    @Test
    void pixelsOfHighConfidenceDecideTheWeightedEstimate() {
        for (int i = 0; i < 4; i++) {
            target[i] = 3 * source[i];
            confidence[i] = 1000;
        }
        ScaleEstimate estimate = estimate(ScaleMethod.WEIGHTED);
        assertThat(estimate.scale()).isCloseTo(3, within(1e-6));
        assertThat(estimate.quality()).isGreaterThan(0.7);
        assertThat(estimate(ScaleMethod.AUTO).scale()).isCloseTo((3 + 1.5) / 2, within(1e-3));
    }

    @Test
    void implausibleDepthsAndScalesAreNotUsed() {
        Arrays.fill(target, 0, 350, 200);
        assertThat(estimate(ScaleMethod.AUTO)).isEqualTo(new ScaleEstimate(1, 0)); // 50 pairs are left
        for (int i = 0; i < PIXELS; i++) {
            target[i] = source[i] / 20;
        }
        assertThat(estimate(ScaleMethod.WEIGHTED).scale()).isEqualTo(1);
    }

    private ScaleEstimate estimate(ScaleMethod method) {
        DepthPairs pairs = DepthPairs.of(map(target), map(confidence), map(source), map(confidence));
        return method.estimate(pairs, 42);
    }

    private static List<ScalarMap> map(float[] values) {
        return List.of(new ScalarMap(20, 20, values.clone()));
    }
}
