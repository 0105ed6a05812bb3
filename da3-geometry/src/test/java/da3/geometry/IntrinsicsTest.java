package da3.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.math.Vec3;
import org.junit.jupiter.api.Test;

class IntrinsicsTest {

    private static final Intrinsics K = new Intrinsics(50, 40, 30, 20);

    @Test
    void projectsAlongTheAxesOfTheImage() {
        assertThat(K.projectX(2, 4)).isEqualTo(50 * 2 / 4.0 + 30);
        assertThat(K.projectY(-1, 4)).isEqualTo(40 * -1 / 4.0 + 20);
    }

    @Test
    void unprojectionInvertsProjection() {
        Vec3 point = K.unproject(12.5, 33, 3);
        assertThat(point.z()).isEqualTo(3);
        assertThat(K.projectX(point.x(), point.z())).isCloseTo(12.5, within(1e-12));
        assertThat(K.projectY(point.y(), point.z())).isCloseTo(33, within(1e-12));
    }

    /** The page of the service tests the same numbers. */
    @Test
    void unprojectsTheCenterOfAPixelHalfAPixelFromItsCorner() {
        assertThat(new Intrinsics(100, 200, 50, 40).unproject(149 + 0.5, 239 + 0.5, 2))
                .isEqualTo(new Vec3(1.99, 1.995, 2));
    }

    @Test
    void rejectsFocalLengthsThatAreNotPositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Intrinsics(0, 5, 1, 1).requireValid("the intrinsics of view 2"))
                .withMessage("focal lengths of the intrinsics of view 2 must be positive, got 0.0 and 5.0");
    }
}
