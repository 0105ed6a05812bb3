package da3.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import org.junit.jupiter.api.Test;

class PoseEncodingTest {

    @Test
    void encodingAndCameraAreInverse() {
        RandomGeometry random = new RandomGeometry(2);
        for (int i = 0; i < 20; i++) {
            Camera camera = new Camera(random.pose(), new Intrinsics(40 + i, 90 - i, 42, 28));
            Camera back = PoseEncoding.of(camera, 56, 84).camera(56, 84);
            assertThat(RandomGeometry.distance(back.pose(), camera.pose())).isLessThan(1e-12);
            assertThat(back.intrinsics().fx()).isCloseTo(camera.intrinsics().fx(), within(1e-10));
            assertThat(back.intrinsics().fy()).isCloseTo(camera.intrinsics().fy(), within(1e-10));
            assertThat(back.intrinsics().cx()).isEqualTo(42);
            assertThat(back.intrinsics().cy()).isEqualTo(28);
        }
    }

    @Test
    void theTranslationIsTheCenterAndTheAnglesAreTheFieldsOfView() {
        Camera camera = new Camera(
                new Pose(new Mat3(0, 1, 0, -1, 0, 0, 0, 0, 1), Vec3.ZERO)
                        .compose(new Pose(Mat3.IDENTITY, new Vec3(-1, -2, -3))),
                new Intrinsics(50, 20, 50, 20));
        double half = Math.sqrt(0.5);
        double[] expected = {1, 2, 3, 0, 0, half, half, Math.PI / 2, Math.PI / 2};
        assertThat(PoseEncoding.of(camera, 40, 100).toArray()).containsExactly(expected, within(1e-12));
    }

    @Test
    void readsFromAnOffset() {
        float[] numbers = {9, 9, 1, 2, 3, 0, 0, 0, 2, 1, 0.5f};
        PoseEncoding encoding = PoseEncoding.ofArray(numbers, 2);
        assertThat(encoding.toArray()).containsExactly(1, 2, 3, 0, 0, 0, 2, 1, 0.5);
        assertThat(encoding.camera(10, 20).pose().cameraCenter()).isEqualTo(new Vec3(1, 2, 3));
    }

    @Test
    void aFieldOfViewOfZeroOrAbovePiGivesAPositiveFocalLength() {
        PoseEncoding encoding = new PoseEncoding(Vec3.ZERO, Quaternion.IDENTITY, 0, 3.5);
        Intrinsics k = encoding.camera(10, 20).intrinsics();
        assertThat(k.fy()).isCloseTo(5e6, within(1e-3));
        assertThat(k.fx()).isCloseTo(1e7, within(1e-3));
    }
}
