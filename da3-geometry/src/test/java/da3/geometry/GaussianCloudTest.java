package da3.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.gaussian.GaussianAdapter;
import da3.geometry.gaussian.GaussianOptions;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GaussianCloudTest {

    private static final int SIZE = 5;

    private final RandomGeometry random = new RandomGeometry(12);
    private final GaussianOptions options = GaussianOptions.defaults(2, true, true);
    private final float[] raw = floats(SIZE * options.channels());
    private final ScalarMap depth = new ScalarMap(SIZE, 1, new float[] {1, 2, 3, 4, 5});
    private final Intrinsics intrinsics = new Intrinsics(9, 8, 2, 0.5);
    private final Pose pose = random.pose();
    private final GaussianCloud cloud = cloud(pose);

    @Test
    void transformingACloudEqualsTransformingItsCamera() {
        Sim3 motion = new Sim3(1, random.rotation(), random.point());
        GaussianCloud moved = cloud.transformed(motion);
        GaussianCloud expected = cloud(motion.applyToPose(pose));
        assertThat(moved.means()).containsExactly(expected.means(), within(1e-4f));
        assertThat(moved.scales()).containsExactly(expected.scales(), within(1e-5f));
        assertThat(moved.harmonics()).containsExactly(expected.harmonics(), within(1e-5f));
        assertThat(moved.opacities()).isEqualTo(expected.opacities());
    }

    @Test
    void aScaleMultipliesMeansAndScales() {
        GaussianCloud moved = cloud.transformed(new Sim3(3, Mat3.IDENTITY, Vec3.ZERO));
        assertThat(moved.means()).containsExactly(cloud.scaled(3).means(), within(1e-5f));
        assertThat(moved.scales()).isEqualTo(cloud.scaled(3).scales());
    }

    @Test
    void movesMeansAlongRaysFromTheCamera() {
        Vec3 center = pose.cameraCenter();
        GaussianCloud moved = cloud.movedAlongRays(List.of(center), i -> i + 1);
        for (int i = 0; i < SIZE; i++) {
            Vec3 before = mean(cloud, i).minus(center);
            Vec3 after = mean(moved, i).minus(center);
            assertThat(after.minus(before.times(i + 1)).norm()).isLessThan(1e-5);
            assertThat(moved.scales()[3 * i]).isEqualTo(cloud.scales()[3 * i] * (i + 1));
        }
    }

    private GaussianCloud cloud(Pose at) {
        return new GaussianAdapter(options)
                .adapt(raw, List.of(depth), List.of(depth), List.of(new Camera(at, intrinsics)), Optional.empty());
    }

    private static Vec3 mean(GaussianCloud cloud, int i) {
        float[] m = cloud.means();
        return new Vec3(m[3 * i], m[3 * i + 1], m[3 * i + 2]);
    }

    private static float[] floats(int n) {
        Random random = new Random(13);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @Test
    void dropsGaussiansWithNegativeScales() {
        GaussianCloud cloud = new GaussianCloud(
                new float[] {1, 2, 3, 4, 5, 6},
                new float[] {1, -1, 1, 2, 2, 2},
                new float[] {1, 0, 0, 0, 0, 1, 0, 0},
                new float[] {7, 8, 9, 10, 11, 12},
                new float[] {0.25f, 0.5f},
                0);
        GaussianCloud kept = cloud.withPositiveScales();
        assertThat(kept.size()).isOne();
        assertThat(kept.means()).containsExactly(4, 5, 6);
        assertThat(kept.rotations()).containsExactly(0, 1, 0, 0);
        assertThat(kept.harmonics()).containsExactly(10, 11, 12);
        assertThat(kept.opacities()).containsExactly(0.5f);
        assertThat(kept.withPositiveScales()).isSameAs(kept);
    }
}
