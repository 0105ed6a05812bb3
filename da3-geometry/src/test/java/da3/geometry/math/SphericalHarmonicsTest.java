package da3.geometry.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.RandomGeometry;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SphericalHarmonicsTest {

    private static final int DEGREE = 5;

    @Test
    void theRotatedFunctionHasTheSameValueInTheRotatedDirection() {
        RandomGeometry geometry = new RandomGeometry(8);
        Random random = new Random(9);
        double[] coefficients =
                random.doubles(SphericalHarmonics.coefficients(DEGREE), -1, 1).toArray();
        for (int i = 0; i < 20; i++) {
            Mat3 rotation = geometry.rotation();
            float[] rotated = new float[coefficients.length];
            SphericalHarmonics.rotate(SphericalHarmonics.rotation(rotation, DEGREE), coefficients, 0, rotated, 0);
            Vec3 p = geometry.point();
            Vec3 direction = p.times(1 / p.norm());
            double before = 0;
            double after = 0;
            for (int l = 0; l <= DEGREE; l++) {
                for (int m = -l; m <= l; m++) {
                    before += coefficients[l * l + l + m] * basis(l, m, direction);
                    after += rotated[l * l + l + m] * basis(l, m, rotation.times(direction));
                }
            }
            assertThat(after).isCloseTo(before, within(1e-5));
        }
    }

    @Test
    void blocksAreOrthogonalAndFollowTheProduct() {
        RandomGeometry geometry = new RandomGeometry(10);
        Mat3 a = geometry.rotation();
        Mat3 b = geometry.rotation();
        double[][] da = SphericalHarmonics.rotation(a, DEGREE);
        double[][] db = SphericalHarmonics.rotation(b, DEGREE);
        double[][] dab = SphericalHarmonics.rotation(a.times(b), DEGREE);
        double[][] inverse = SphericalHarmonics.rotation(a.transpose(), DEGREE);
        for (int l = 0; l <= DEGREE; l++) {
            int n = 2 * l + 1;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    double product = 0;
                    for (int k = 0; k < n; k++) {
                        product += da[l][i * n + k] * db[l][k * n + j];
                    }
                    assertThat(dab[l][i * n + j]).isCloseTo(product, within(1e-12));
                    assertThat(inverse[l][i * n + j]).isCloseTo(da[l][j * n + i], within(1e-12));
                }
            }
        }
    }

    @Test
    void degreeOneIsMinusYThenZThenMinusX() {
        Vec3 direction = new Vec3(0.48, 0.6, 0.64);
        double unit = basis(1, 0, new Vec3(0, 0, 1));
        assertThat(basis(1, -1, direction) / unit).isCloseTo(-0.6, within(1e-12));
        assertThat(basis(1, 1, direction) / unit).isCloseTo(-0.48, within(1e-12));
    }

    /** Real harmonics from the definition: normalized Legendre function times cosine or sine, sign (-1)^m. */
    private static double basis(int l, int m, Vec3 d) {
        int a = Math.abs(m);
        double azimuth = Math.atan2(d.y(), d.x());
        double angular = m > 0 ? Math.cos(a * azimuth) : m < 0 ? Math.sin(a * azimuth) : Math.sqrt(0.5);
        double factorials = 1;
        for (int k = l - a + 1; k <= l + a; k++) {
            factorials *= k;
        }
        double norm = Math.sqrt((2 * l + 1) / (2 * Math.PI) / factorials);
        return norm * legendreWithSign(l, a, d.z()) * angular;
    }

    /** Associated Legendre function with its sign (-1)^m, by the recurrence in l. */
    private static double legendreWithSign(int l, int m, double z) {
        double below = 0;
        double current = 1;
        for (int k = 1; k <= m; k++) {
            current *= -(2 * k - 1) * Math.sqrt(1 - z * z);
        }
        for (int k = m + 1; k <= l; k++) {
            double next = ((2 * k - 1) * z * current - (k + m - 1) * below) / (k - m);
            below = current;
            current = next;
        }
        return current;
    }
}
