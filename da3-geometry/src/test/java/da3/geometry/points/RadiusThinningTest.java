package da3.geometry.points;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RadiusThinningTest {

    private static double distance(double[] a, int i, double[] b, int j) {
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            double d = a[3 * i + axis] - b[3 * j + axis];
            sum += d * d;
        }
        return Math.sqrt(sum);
    }

    @Test
    void keptPointsAreApartAndEveryPointIsNearOne() {
        double[] points = new Random(7).doubles(3 * 600, -1, 1).toArray();
        double[] kept = RadiusThinning.of(points, 0.3, 42);
        int count = kept.length / 3;
        assertThat(count).isBetween(20, 400);
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < i; j++) {
                assertThat(distance(kept, i, kept, j)).isGreaterThan(0.3);
            }
        }
        for (int i = 0; i < 600; i++) {
            double nearest = Double.POSITIVE_INFINITY;
            for (int j = 0; j < count; j++) {
                nearest = Math.min(nearest, distance(points, i, kept, j));
            }
            assertThat(nearest).isLessThanOrEqualTo(0.3);
        }
        assertThat(RadiusThinning.of(points, 0.3, 42)).containsExactly(kept);
    }

    @Test
    void pointsFartherApartAllStay() {
        assertThat(RadiusThinning.of(new double[] {0, 0, 0, 1, 0, 0, 1, 2, 0}, 0.5, 1))
                .hasSize(9);
        assertThat(RadiusThinning.of(new double[0], 0.5, 1)).isEmpty();
    }

    @Test
    void rejectsRadiiThatAreNotPositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RadiusThinning.of(new double[3], 0, 1))
                .withMessage("radius must be positive and finite, got 0.0");
    }
}
