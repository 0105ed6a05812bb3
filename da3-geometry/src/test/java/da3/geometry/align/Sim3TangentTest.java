package da3.geometry.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.RandomGeometry;
import da3.geometry.Sim3;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Sim3TangentTest {

    private final RandomGeometry random = new RandomGeometry(3);

    @Test
    void exponentialInvertsLogarithm() {
        for (int i = 0; i < 20; i++) {
            Sim3 similarity = new Sim3(Math.exp(random.point().x()), random.rotation(), random.point());
            Sim3 again = Sim3Tangent.log(similarity).exp();
            assertThat(RandomGeometry.distance(again, similarity)).isLessThan(1e-12);
        }
    }

    @Test
    void withoutRotationTranslationGrowsWithScale() {
        Sim3 similarity = new Sim3Tangent(new Vec3(1, 0, 0), Vec3.ZERO, Math.log(2)).exp();
        assertThat(similarity.scale()).isCloseTo(2, within(1e-14));
        assertThat(similarity.translation().x()).isCloseTo(1 / Math.log(2), within(1e-14));
    }

    /** A quarter turn moves a point along a quarter circle of length 1, whose chord is its translation. */
    @Test
    void withoutScaleTranslationFollowsACircle() {
        Sim3 similarity = new Sim3Tangent(new Vec3(1, 0, 0), new Vec3(0, 0, Math.PI / 2), 0).exp();
        double radius = 2 / Math.PI;
        assertThat(similarity.translation().minus(new Vec3(radius, radius, 0)).norm())
                .isLessThan(1e-14);
        assertThat(RandomGeometry.distance(similarity.rotation(), new Mat3(0, -1, 0, 1, 0, 0, 0, 0, 1)))
                .isLessThan(1e-15);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-12, 1e-5, 1, 3.1, Math.PI})
    void logarithmIsAccurateForEveryAngle(double angle) {
        Vec3 rotation = new Vec3(0, angle, 0);
        Sim3Tangent tangent = new Sim3Tangent(new Vec3(1, -2, 3), rotation, -0.3);
        Sim3Tangent again = Sim3Tangent.log(tangent.exp());
        assertThat(again.rotation().minus(rotation).norm()).isLessThan(1e-14);
        assertThat(again.translation().minus(tangent.translation()).norm()).isLessThan(1e-13);
    }

    @Test
    void leftJacobianIsTheDerivativeOfTheExponential() {
        Sim3Tangent at = new Sim3Tangent(new Vec3(3, -8, 2), new Vec3(0.4, -1.1, 0.7), 0.2);
        double[][] jacobian = at.leftJacobian();
        double h = 1e-6;
        for (int column = 0; column < Sim3Tangent.DIMENSION; column++) {
            double[] step = new double[Sim3Tangent.DIMENSION];
            step[column] = h;
            Sim3 moved = at.plus(Sim3Tangent.of(step, 0)).exp();
            double[] derivative =
                    Sim3Tangent.log(moved.compose(at.exp().inverse())).toArray();
            for (int row = 0; row < Sim3Tangent.DIMENSION; row++) {
                assertThat(derivative[row] / h).isCloseTo(jacobian[row][column], within(2e-5));
            }
        }
    }

    @Test
    void adjointMovesAVectorToTheLeft() {
        Sim3 similarity = new Sim3(1.7, random.rotation(), random.point());
        Sim3Tangent vector = new Sim3Tangent(new Vec3(0.3, 0.1, -2), new Vec3(0.5, 0.2, -0.4), 0.3);
        double[] components = vector.toArray();
        double[][] adjoint = Sim3Tangent.adjoint(similarity);
        double[] product = new double[Sim3Tangent.DIMENSION];
        for (int i = 0; i < product.length; i++) {
            for (int j = 0; j < product.length; j++) {
                product[i] += adjoint[i][j] * components[j];
            }
        }
        Sim3 right = similarity.compose(vector.exp());
        Sim3 left = Sim3Tangent.of(product, 0).exp().compose(similarity);
        assertThat(RandomGeometry.distance(left, right)).isLessThan(1e-12);
    }
}
