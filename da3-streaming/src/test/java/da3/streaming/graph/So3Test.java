package da3.streaming.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import org.apache.commons.math3.geometry.euclidean.threed.Rotation;
import org.apache.commons.math3.geometry.euclidean.threed.RotationConvention;
import org.apache.commons.math3.geometry.euclidean.threed.Vector3D;
import org.junit.jupiter.api.Test;

class So3Test {

    private static final double[] ANGLES = {0, 1e-12, 3e-5, 0.99e-4, 1.01e-4, 2.1e-4, 0.3, 2, 3.14, Math.PI - 1e-9};

    @Test
    void exponentialIsTheRotationAboutAnAxis() {
        for (double angle : ANGLES) {
            Vec3 axis = axis();
            double[][] expected = new Rotation(
                            new Vector3D(axis.x(), axis.y(), axis.z()), angle, RotationConvention.VECTOR_OPERATOR)
                    .getMatrix();
            double[] entries = So3.exp(axis.times(angle)).toArray();
            for (int i = 0; i < 9; i++) {
                assertThat(entries[i]).isCloseTo(expected[i / 3][i % 3], within(1e-14));
            }
        }
    }

    @Test
    void logarithmInvertsTheExponential() {
        for (double angle : ANGLES) {
            Vec3 v = axis().times(angle);
            assertThat(So3.log(So3.exp(v)).minus(v).norm()).isLessThan(1e-12 + 1e-8 * angle * angle * 1e-2);
        }
    }

    @Test
    void inverseJacobianIsTheDerivativeOfTheLogarithm() {
        double h = 1e-6;
        for (double angle : new double[] {0, 0.9e-4, 1.1e-4, 0.4, 2.9}) {
            Vec3 v = axis().times(angle);
            double[] jacobian = So3.rightJacobianInverse(v).toArray();
            Mat3 rotation = So3.exp(v);
            for (int column = 0; column < 3; column++) {
                Vec3 step = new Vec3(column == 0 ? h : 0, column == 1 ? h : 0, column == 2 ? h : 0);
                Vec3 ahead = So3.log(rotation.times(So3.exp(step)));
                Vec3 behind = So3.log(rotation.times(So3.exp(step.times(-1))));
                Vec3 derivative = ahead.minus(behind).times(1 / (2 * h));
                assertThat(jacobian[column]).isCloseTo(derivative.x(), within(1e-8));
                assertThat(jacobian[3 + column]).isCloseTo(derivative.y(), within(1e-8));
                assertThat(jacobian[6 + column]).isCloseTo(derivative.z(), within(1e-8));
            }
        }
    }

    private static Vec3 axis() {
        Vec3 v = new Vec3(0.3, -0.7, 0.2);
        return v.times(1 / v.norm());
    }
}
