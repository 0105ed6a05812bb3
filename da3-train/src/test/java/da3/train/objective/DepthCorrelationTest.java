package da3.train.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.ScalarMap;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DepthCorrelationTest {

    private static final int SIDE = 5;
    private static final int PIXELS = SIDE * SIDE;

    @Test
    void theGradientAgreesWithCentralDifferences() {
        float[] rendered = random(1);
        float[] truth = random(2);
        truth[3] = 0;
        float[] alpha = filled(0.9f);
        alpha[7] = 0.4f;
        float[] gradient = new float[PIXELS];
        new DepthCorrelation(map(rendered), map(alpha), map(truth)).add(2, gradient);
        for (int i = 0; i < PIXELS; i++) {
            float value = rendered[i];
            rendered[i] = value + 1e-2f;
            double above = loss(rendered, alpha, truth);
            rendered[i] = value - 1e-2f;
            double below = loss(rendered, alpha, truth);
            rendered[i] = value;
            assertThat((double) gradient[i]).isCloseTo((above - below) / 1e-2, within(1e-5));
        }
        assertThat(gradient[3]).isZero();
        assertThat(gradient[7]).isZero();
    }

    @Test
    void scaleAndShiftDoNotMatter() {
        float[] truth = random(3);
        float[] rendered = new float[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            rendered[i] = 0.25f * truth[i] + 2;
        }
        assertThat(loss(rendered, filled(1), truth)).isCloseTo(0, within(1e-6));
        for (int i = 0; i < PIXELS; i++) {
            rendered[i] = 8 - truth[i];
        }
        assertThat(loss(rendered, filled(1), truth)).isCloseTo(2, within(1e-6));
    }

    @Test
    void withoutVarianceOrValidPixelsThereIsNoLoss() {
        assertThat(loss(filled(2), filled(1), random(4))).isZero();
        assertThat(loss(random(4), filled(1), filled(0))).isZero();
    }

    private static double loss(float[] rendered, float[] alpha, float[] truth) {
        return new DepthCorrelation(map(rendered), map(alpha), map(truth)).add(1, new float[PIXELS]);
    }

    private static ScalarMap map(float[] values) {
        return new ScalarMap(SIDE, SIDE, values);
    }

    private static float[] filled(float value) {
        float[] values = new float[PIXELS];
        Arrays.fill(values, value);
        return values;
    }

    private static float[] random(long seed) {
        Random random = new Random(seed);
        float[] values = new float[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            values[i] = 1 + 5 * random.nextFloat();
        }
        return values;
    }
}
