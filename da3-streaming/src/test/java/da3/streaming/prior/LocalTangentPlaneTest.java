package da3.streaming.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.math.Vec3;
import org.junit.jupiter.api.Test;

class LocalTangentPlaneTest {

    /** The semi-axes of WGS 84. */
    @Test
    void geocentricCoordinates() {
        assertThat(LocalTangentPlane.geocentric(0, 0, 10)
                        .minus(new Vec3(6_378_147, 0, 0))
                        .norm())
                .isLessThan(1e-6);
        assertThat(LocalTangentPlane.geocentric(90, 77, 0)
                        .minus(new Vec3(0, 0, 6_356_752.314245))
                        .norm())
                .isLessThan(1e-5);
        assertThat(LocalTangentPlane.geocentric(0, 90, 0)
                        .minus(new Vec3(0, 6_378_137, 0))
                        .norm())
                .isLessThan(1e-6);
    }

    /** Radii of curvature at 45 degrees: 6,367,381.816 m along the meridian and 6,388,838.290 m across it. */
    @Test
    void eastNorthAndUp() {
        LocalTangentPlane plane = new LocalTangentPlane(45, 8, 100);
        Vec3 north = plane.coordinates(45.001, 8, 100);
        assertThat(north.y()).isCloseTo(Math.toRadians(0.001) * (6_367_381.816 + 100), within(1e-3));
        Vec3 east = plane.coordinates(45, 8.001, 100);
        assertThat(east.x()).isCloseTo(Math.toRadians(0.001) * (6_388_838.290 + 100) * Math.sqrt(0.5), within(1e-3));
        Vec3 up = plane.coordinates(45, 8, 103);
        assertThat(up.minus(new Vec3(0, 0, 3)).norm()).isLessThan(1e-8);
    }

    @Test
    void latitudesHaveARange() {
        assertThatThrownBy(() -> new LocalTangentPlane(91, 0, 0)).hasMessageContaining("latitude must be from -90");
    }
}
