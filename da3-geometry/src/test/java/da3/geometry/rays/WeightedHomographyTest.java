package da3.geometry.rays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.RandomGeometry;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import org.junit.jupiter.api.Test;

class WeightedHomographyTest {

    private static final Mat3 TRUTH = new Mat3(1.2, 0.1, -0.3, -0.2, 0.9, 0.4, 0.15, -0.1, 1);

    @Test
    void findsTheHomographyForAnyWeights() {
        WeightedHomography fit = new WeightedHomography();
        for (int i = 0; i < 25; i++) {
            addTrue(fit, i % 5 - 2, i / 5 - 2, 1 + i);
        }
        assertThat(RandomGeometry.distance(normalized(fit.solve()), TRUTH)).isLessThan(1e-10);
    }

    @Test
    void pairsOfZeroWeightDoNotCount() {
        WeightedHomography fit = new WeightedHomography();
        for (int i = 0; i < 9; i++) {
            addTrue(fit, i % 3, i / 3, 1);
        }
        fit.add(1, 1, 100, -50, 0);
        assertThat(RandomGeometry.distance(normalized(fit.solve()), TRUTH)).isLessThan(1e-10);
    }

    @Test
    void rejectsTooFewPairsAndNonFiniteValues() {
        WeightedHomography fit = new WeightedHomography();
        for (int i = 0; i < 3; i++) {
            addTrue(fit, i, i * i, 1);
        }
        assertThatThrownBy(fit::solve)
                .isInstanceOf(DegenerateGeometryException.class)
                .hasMessageContaining("at least 4, got 3");
        fit.add(0, 0, Double.NaN, 0, 1);
        assertThatThrownBy(fit::solve)
                .isInstanceOf(DegenerateGeometryException.class)
                .hasMessageContaining("must be finite");
    }

    private static void addTrue(WeightedHomography fit, double x, double y, double weight) {
        Vec3 q = TRUTH.times(new Vec3(x, y, 1));
        fit.add(x, y, q.x() / q.z(), q.y() / q.z(), weight);
    }

    private static Mat3 normalized(Mat3 h) {
        return h.times(1 / h.m22());
    }
}
