package da3.geometry.splat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HarmonicBasisTest {

    private static final double STEP = 1e-5;

    @Test
    void derivativesAgreeWithCentralDifferences() {
        double[] direction = {0.48, -0.6, 0.64};
        double[] derivatives = new double[3 * 16];
        HarmonicBasis.differentiate(3, direction[0], direction[1], direction[2], derivatives);
        for (int axis = 0; axis < 3; axis++) {
            double[] above = evaluate(direction, axis, STEP);
            double[] below = evaluate(direction, axis, -STEP);
            for (int j = 0; j < 16; j++) {
                double slope = (above[j] - below[j]) / (2 * STEP);
                assertThat(derivatives[3 * j + axis]).as(j + ", " + axis).isCloseTo(slope, within(1e-8));
            }
        }
    }

    private static double[] evaluate(double[] direction, int axis, double step) {
        double[] moved = direction.clone();
        moved[axis] += step;
        double[] out = new double[16];
        HarmonicBasis.evaluate(3, moved[0], moved[1], moved[2], out);
        return out;
    }
}
