package da3.geometry.gaussian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.RandomGeometry;
import da3.geometry.ScalarMap;
import da3.geometry.Sim3;
import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GaussianAdapterTest {

    private static final int WIDTH = 4;
    private static final int HEIGHT = 3;
    private static final int PIXELS = WIDTH * HEIGHT;
    private static final Intrinsics K = new Intrinsics(5, 8, 2, 1.5);
    private static final GaussianOptions OPTIONS = GaussianOptions.defaults(1, true, true);

    @Test
    void aGaussianIsOnTheRayOfItsPixelAtItsDepth() {
        Pose pose = new RandomGeometry(13).pose();
        float[] raw = new float[PIXELS * OPTIONS.channels()];
        int pixel = 2 * WIDTH + 1;
        raw[pixel * OPTIONS.channels()] = 0.25f;
        raw[pixel * OPTIONS.channels() + OPTIONS.channels() - 1] = 0.5f;
        GaussianCloud cloud = adapt(OPTIONS, raw, List.of(new Camera(pose, K)), Optional.empty());
        Vec3 mean = mean(cloud, pixel);
        assertThat(mean.minus(pose.cameraCenter()).norm()).isCloseTo(2.5, within(1e-5));
        Vec3 seen = pose.transform(mean);
        assertThat(K.projectX(seen.x(), seen.z())).isCloseTo(1 + 0.5 + 0.25, within(1e-5));
        assertThat(K.projectY(seen.y(), seen.z())).isCloseTo(2 + 0.5, within(1e-5));
        // A raw scale of 0 is the middle of the range, in tenths of a pixel at the Gaussian's distance.
        double expected = (1e-5 + 30) / 2 * 2.5 * 0.1 * (1 / K.fx() + 1 / K.fy());
        assertThat(cloud.scales()[3 * pixel]).isCloseTo((float) expected, within(1e-4f));
    }

    @Test
    void rotationsAreRolledAndRotatedWithTheCamera() {
        Pose pose = new RandomGeometry(14).pose();
        float[] raw = random(OPTIONS);
        GaussianCloud cloud = adapt(OPTIONS, raw, List.of(new Camera(pose, K)), Optional.empty());
        for (int i = 0; i < PIXELS; i++) {
            int q = i * OPTIONS.channels() + 5;
            Mat3 inCamera = new Quaternion(raw[q + 3], raw[q], raw[q + 1], raw[q + 2]).toMatrix();
            float[] r = cloud.rotations();
            Quaternion inWorld = new Quaternion(r[4 * i], r[4 * i + 1], r[4 * i + 2], r[4 * i + 3]);
            Mat3 expected = pose.rotation().transpose().times(inCamera);
            assertThat(RandomGeometry.distance(inWorld.toMatrix(), expected)).isLessThan(1e-5);
            assertThat(inWorld.w()).isNotNegative();
        }
    }

    @Test
    void colorsAreDampedByDegreeAndRotatedExceptForDegreeZero() {
        float[] raw = random(OPTIONS);
        int color = 2 + 3 + 4;
        GaussianCloud still = adapt(OPTIONS, raw, List.of(new Camera(Pose.IDENTITY, K)), Optional.empty());
        assertThat(still.harmonics()[0]).isEqualTo(raw[color]);
        assertThat(still.harmonics()[1]).isCloseTo(0.025f * raw[color + 1], within(1e-7f));
        Pose turned = new RandomGeometry(15).pose();
        GaussianCloud rotated = adapt(OPTIONS, raw, List.of(new Camera(turned, K)), Optional.empty());
        assertThat(rotated.harmonics()[4]).isEqualTo(raw[color + 4]);
        assertThat(rotated.harmonics()[1]).isNotEqualTo(still.harmonics()[1]);
    }

    @Test
    void givenPosesScaleTheSceneByAtMostThree() {
        RandomGeometry geometry = new RandomGeometry(16);
        List<Camera> cameras =
                geometry.poses(4).stream().map(p -> new Camera(p, K)).toList();
        float[] raw = new float[4 * PIXELS * OPTIONS.channels()];
        GaussianCloud plain = adapt(OPTIONS, raw, cameras, Optional.empty());
        for (double[] scales : new double[][] {{2, 2}, {7, 3}, {0.01, 1.0 / 3}}) {
            Sim3 truth = new Sim3(scales[0], geometry.rotation(), geometry.point());
            List<Pose> given =
                    cameras.stream().map(c -> truth.applyToPose(c.pose())).toList();
            GaussianCloud stretched = adapt(OPTIONS, raw, cameras, Optional.of(given));
            assertThat(mean(stretched, 17)
                            .minus(mean(plain, 17).times(scales[1]))
                            .norm())
                    .isLessThan(1e-4);
            assertThat(stretched.scales()[51]).isCloseTo((float) (plain.scales()[51] * scales[1]), within(1e-4f));
        }
    }

    @Test
    void aSingleGivenPoseDoesNotScaleTheScene() {
        List<Camera> cameras = List.of(new Camera(Pose.IDENTITY, K));
        float[] raw = random(OPTIONS);
        GaussianCloud given = adapt(OPTIONS, raw, cameras, Optional.of(new RandomGeometry(17).poses(1)));
        assertThat(given.means())
                .isEqualTo(adapt(OPTIONS, raw, cameras, Optional.empty()).means());
    }

    @Test
    void rejectsPlainColorsAndAWrongNumberOfChannels() {
        assertThatThrownBy(() -> new GaussianOptions(0, true, false, false, 1e-5, 30, 0.1, 0.25))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("predColor");
        float[] tooFew = new float[PIXELS * OPTIONS.channels() - 1];
        assertThatThrownBy(() -> adapt(OPTIONS, tooFew, List.of(new Camera(Pose.IDENTITY, K)), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(OPTIONS.channels() + " values for each of 12 pixels");
    }

    private static GaussianCloud adapt(
            GaussianOptions options, float[] raw, List<Camera> cameras, Optional<List<Pose>> given) {
        List<ScalarMap> depths = cameras.stream().map(c -> constant(2)).toList();
        List<ScalarMap> opacities = cameras.stream().map(c -> constant(0.5f)).toList();
        return new GaussianAdapter(options).adapt(raw, depths, opacities, cameras, given);
    }

    private static ScalarMap constant(float value) {
        float[] values = new float[PIXELS];
        Arrays.fill(values, value);
        return new ScalarMap(WIDTH, HEIGHT, values);
    }

    private static float[] random(GaussianOptions options) {
        Random random = new Random(18);
        float[] raw = new float[PIXELS * options.channels()];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (float) random.nextGaussian();
        }
        return raw;
    }

    private static Vec3 mean(GaussianCloud cloud, int i) {
        return new Vec3(cloud.means()[3 * i], cloud.means()[3 * i + 1], cloud.means()[3 * i + 2]);
    }
}
