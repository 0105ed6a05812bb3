package da3.train.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Intrinsics;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoeAlignmentTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void isTheBestLineThroughTwoPoints(int seed) {
        Random random = new Random(seed);
        double[] x = random.doubles(40, 0.5, 3).toArray();
        double[] y = new double[x.length];
        double[] weights = random.doubles(x.length, 0.1, 8).toArray();
        for (int i = 0; i < x.length; i++) {
            y[i] = i % 4 == 0 ? 5 * random.nextDouble() : 1.7 * x[i] + 0.4 + 0.1 * random.nextGaussian();
            x[i] = i % 10 == 9 ? x[i - 1] : x[i]; // some predictions are equal
        }
        RoeAlignment alignment = align(x, y, weights);
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < i; j++) {
                if (x[i] != x[j]) {
                    double scale = (y[j] - y[i]) / (x[j] - x[i]);
                    smallest = Math.min(smallest, cost(scale, y[i] - scale * x[i], x, y, weights));
                }
            }
        }
        assertThat(cost(alignment.scale(), alignment.shift(), x, y, weights)).isCloseTo(smallest, within(1e-12));
    }

    @Test
    void ignoresOutliers() {
        double[] x = {1, 2, 3, 4, 5, 6, 7};
        double[] y = {3, 5, 7, 900, 11, 13, -40};
        RoeAlignment alignment = align(x, y, new double[] {1, 1, 1, 1, 1, 1, 1});
        assertThat(alignment.scale()).isEqualTo(2);
        assertThat(alignment.shift()).isEqualTo(1);
    }

    @Test
    void scalesBelowTheMinimumAreNotAllowed() {
        double[] x = {1, 2, 3, 4, 5};
        double[] y = {9, 8, 7, 6, 6.5};
        double[] weights = {1, 1, 1, 1, 1};
        assertThat(align(x, y, weights).scale()).isEqualTo(-1);
        assertThat(align(x, y, weights, 0).scale()).isEqualTo(0.5);
    }

    @Test
    void equalPredictionsHaveNoAlignment() {
        RoeAlignment alignment = align(new double[] {2, 2, 2}, new double[] {1, 3, 4}, new double[] {1, 1, 1});
        assertThat(alignment).isEqualTo(new RoeAlignment(0, 0, -1, -1));
    }

    @Test
    void aPredictionThatIsNotFiniteShowsInTheScale() {
        RoeAlignment alignment = align(new double[] {2, Double.NaN, 3}, new double[] {1, 3, 4}, new double[] {1, 1, 1});
        assertThat(alignment.scale()).isNaN();
    }

    private static RoeAlignment align(double[] x, double[] y, double[] weights) {
        return align(x, y, weights, Double.NEGATIVE_INFINITY);
    }

    private static RoeAlignment align(double[] x, double[] y, double[] weights, double minScale) {
        boolean[] mask = new boolean[x.length];
        Arrays.fill(mask, true);
        WeightedPixels points =
                new WeightedPixels(new ImageDepths(1, x.length, mask, y, x, new Intrinsics(1, 1, 0, 0)), x.length);
        for (int i = 0; i < x.length; i++) {
            points.add(i, weights[i]);
        }
        return RoeAlignment.of(points, minScale);
    }

    private static double cost(double scale, double shift, double[] x, double[] y, double[] weights) {
        double cost = 0;
        for (int i = 0; i < x.length; i++) {
            cost += Math.min(1, weights[i] * Math.abs(scale * x[i] + shift - y[i]));
        }
        return cost;
    }
}
