package da3.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FieldOfViewTest {

    @Test
    void matchesTheFormulaForACenteredCamera() {
        FieldOfView fov = FieldOfView.of(new Intrinsics(50, 20 * Math.sqrt(3), 50, 20), 100, 40);
        assertThat(fov.horizontal()).isCloseTo(Math.PI / 2, within(1e-12));
        assertThat(fov.vertical()).isCloseTo(Math.PI / 3, within(1e-12));
    }

    @Test
    void shrinksWhenTheOpticalAxisLeavesTheCenter() {
        FieldOfView fov = FieldOfView.of(new Intrinsics(50, 50, 100, 50), 100, 100);
        assertThat(fov.horizontal()).isCloseTo(Math.atan(2), within(1e-12));
    }
}
