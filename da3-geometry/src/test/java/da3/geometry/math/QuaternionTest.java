package da3.geometry.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.RandomGeometry;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class QuaternionTest {

    private static final double HALF = Math.sqrt(0.5);

    @Test
    void matrixAndQuaternionAreInverse() {
        RandomGeometry random = new RandomGeometry(1);
        for (int i = 0; i < 100; i++) {
            Mat3 rotation = random.rotation();
            Quaternion q = Quaternion.ofMatrix(rotation);
            assertThat(RandomGeometry.distance(q.toMatrix(), rotation)).isLessThan(1e-12);
            assertThat(q.w()).isNotNegative();
            assertThat(q.x() * q.x() + q.y() * q.y() + q.z() * q.z() + q.w() * q.w())
                    .isCloseTo(1, within());
        }
    }

    @Test
    void halfTurnsAndQuarterTurnsAreExact() {
        assertThat(Quaternion.ofMatrix(new Mat3(1, 0, 0, 0, -1, 0, 0, 0, -1))).isEqualTo(new Quaternion(1, 0, 0, 0));
        assertThat(Quaternion.ofMatrix(new Mat3(-1, 0, 0, 0, 1, 0, 0, 0, -1))).isEqualTo(new Quaternion(0, 1, 0, 0));
        assertThat(Quaternion.ofMatrix(new Mat3(-1, 0, 0, 0, -1, 0, 0, 0, 1))).isEqualTo(new Quaternion(0, 0, 1, 0));
        Mat3 xToY = new Mat3(0, -1, 0, 1, 0, 0, 0, 0, 1);
        Quaternion aroundZ = Quaternion.ofMatrix(xToY);
        assertThat(aroundZ.z()).isCloseTo(HALF, within());
        assertThat(aroundZ.w()).isCloseTo(HALF, within());
    }

    @Test
    void lengthDoesNotMatter() {
        Mat3 unit = new Quaternion(0.1, 0.2, 0.3, 0.4).toMatrix();
        Mat3 scaled = new Quaternion(-0.7, -1.4, -2.1, -2.8).toMatrix();
        assertThat(RandomGeometry.distance(unit, scaled)).isLessThan(1e-14);
    }

    @Test
    void zeroHasNoRotation() {
        assertThatThrownBy(() -> new Quaternion(0, 0, 0, 0).toMatrix()).isInstanceOf(ArithmeticException.class);
    }

    private static Offset<Double> within() {
        return Offset.offset(1e-12);
    }
}
