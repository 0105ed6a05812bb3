package da3.geometry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SurfaceMetricsTest {

    /** Points of a unit lattice in the plane z = {@code height}. */
    private static double[] plane(int side, double height) {
        double[] points = new double[3 * side * side];
        for (int i = 0; i < side * side; i++) {
            points[3 * i] = i % side;
            points[3 * i + 1] = i / side;
            points[3 * i + 2] = height;
        }
        return points;
    }

    @Test
    void parallelPlanesAreTheirDistanceApart() {
        SurfaceMetrics near = SurfaceMetrics.of(plane(9, 0.25), plane(9, 0), 0.3);
        assertThat(near.accuracy()).isEqualTo(0.25);
        assertThat(near.completeness()).isEqualTo(0.25);
        assertThat(near.chamfer()).isEqualTo(0.25);
        assertThat(near.f1()).isEqualTo(1);

        SurfaceMetrics far = SurfaceMetrics.of(plane(9, 0.25), plane(9, 0), 0.25); // the threshold itself is too far
        assertThat(far.precision()).isZero();
        assertThat(far.f1()).isZero();
    }

    @Test
    void aHalfOfASurfaceIsPreciseButIncomplete() {
        double[] half = {0, 0, 0, 1, 0, 0};
        double[] whole = {0, 0, 0, 1, 0, 0, 2, 0, 0, 4, 0, 0};
        SurfaceMetrics metrics = SurfaceMetrics.of(half, whole, 0.5);
        assertThat(metrics.accuracy()).isZero();
        assertThat(metrics.completeness()).isEqualTo((1 + 3) / 4.0);
        assertThat(metrics.chamfer()).isEqualTo(0.5);
        assertThat(metrics.precision()).isEqualTo(1);
        assertThat(metrics.recall()).isEqualTo(0.5);
        assertThat(metrics.f1()).isCloseTo(2 / 3.0, within(1e-15));
    }

    @Test
    void distancesAreThoseOfAllPairsInDoublePrecision() {
        Random random = new Random(3);
        double[] a = random.doubles(3 * 5000, 1e6, 1e6 + 1).toArray(); // floats would be off by 0.03
        double[] b = random.doubles(3 * 300, 1e6, 1e6 + 1).toArray();
        double[] distances = SurfaceMetrics.distances(a, b);
        for (int i = 0; i < distances.length; i += 97) {
            double best = Double.POSITIVE_INFINITY;
            for (int j = 0; j < b.length; j += 3) {
                best = Math.min(
                        best,
                        Math.sqrt(square(a[3 * i] - b[j])
                                + square(a[3 * i + 1] - b[j + 1])
                                + square(a[3 * i + 2] - b[j + 2])));
            }
            assertThat(distances[i]).isEqualTo(best);
        }
    }

    @Test
    void rejectsEmptySurfacesAndThresholds() {
        double[] point = {0, 0, 0};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SurfaceMetrics.of(new double[0], point, 1))
                .withMessage("number of points must be positive, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SurfaceMetrics.of(point, new double[0], 1))
                .withMessage("number of points to measure distances to must be positive, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SurfaceMetrics.of(point, point, 0))
                .withMessage("threshold must be positive and finite, got 0.0");
    }

    private static double square(double v) {
        return v * v;
    }
}
