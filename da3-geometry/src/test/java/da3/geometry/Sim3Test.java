package da3.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import da3.geometry.math.Vec3;
import org.junit.jupiter.api.Test;

class Sim3Test {

    private final RandomGeometry random = new RandomGeometry(4);
    private final Sim3 a = new Sim3(0.7, random.rotation(), random.point());
    private final Sim3 b = new Sim3(3, random.rotation(), random.point());

    @Test
    void aPointAndACameraMovedTogetherKeepTheirRelativePositionUpToScale() {
        Pose camera = random.pose();
        Vec3 p = random.point();
        Vec3 before = camera.transform(p).times(a.scale());
        Vec3 after = a.applyToPose(camera).transform(a.transform(p));
        assertThat(after.minus(before).norm()).isLessThan(1e-12);
    }

    @Test
    void inverseAndAfterComposeToTheIdentity() {
        assertThat(RandomGeometry.distance(a.inverse().compose(a), Sim3.IDENTITY))
                .isLessThan(1e-12);
        Vec3 p = random.point();
        assertThat(b.compose(a).transform(p).minus(b.transform(a.transform(p))).norm())
                .isLessThan(1e-12);
    }
}
