package da3.geometry.splat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.Sim3;
import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import java.util.Arrays;
import java.util.function.Function;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplatRasterizerTest {

    private static final int WIDTH = 53;
    private static final int HEIGHT = 37;
    private static final SplatOptions OPTIONS = SplatOptions.defaults().withThreads(2);
    private static final Camera CAMERA = RandomClouds.camera(WIDTH, HEIGHT);

    @ParameterizedTest
    @CsvSource({"0, 1.5, 60", "1, 0.3, 400", "2, 0.8, 300", "2, 0.05, 2000"})
    void itAgreesWithTheSlowReference(int degree, double largest, int size) {
        GaussianCloud cloud = RandomClouds.of(size, degree, largest, 7);
        SplatOptions options = OPTIONS.withNear(0.2).withBackground(new SplatOptions.Background(0.25f, 0.5f, 1));
        SplatImage image = SplatRasterizer.render(cloud, CAMERA, WIDTH, HEIGHT, options);
        double[] expected = new SplatReference(cloud, CAMERA, WIDTH, HEIGHT).render(0.2, new double[] {0.25, 0.5, 1});
        double worst = 0;
        double seen = 0;
        for (int p = 0; p < WIDTH * HEIGHT; p++) {
            for (int c = 0; c < 3; c++) {
                worst = Math.max(worst, Math.abs(image.rgb()[3 * p + c] - expected[5 * p + c]));
            }
            worst = Math.max(worst, Math.abs(image.depth().values()[p] - expected[5 * p + 3]));
            worst = Math.max(worst, Math.abs(image.alpha().values()[p] - expected[5 * p + 4]));
            seen += expected[5 * p + 4] / (WIDTH * HEIGHT);
        }
        assertThat(worst).isLessThan(1e-5);
        assertThat(seen).isBetween(0.1, 0.999);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void threadsAndChunksChangeNoByte(int threads) {
        GaussianCloud cloud = RandomClouds.of(9000, 1, 0.4, 3);
        SplatImage image = SplatRasterizer.render(cloud, CAMERA, WIDTH, HEIGHT, OPTIONS);
        SplatOptions other = OPTIONS.withThreads(threads).withMaxPairs(50);
        SplatImage same = SplatRasterizer.render(cloud, CAMERA, WIDTH, HEIGHT, other);
        assertThat(same.rgb()).isEqualTo(image.rgb());
        assertThat(same.depth().values()).isEqualTo(image.depth().values());
        assertThat(same.alpha().values()).isEqualTo(image.alpha().values());
    }

    /** Places, shapes and colors must turn together. */
    @Test
    void aCloudMovedWithItsCameraLooksTheSame() {
        GaussianCloud cloud = RandomClouds.of(300, 2, 0.8, 5);
        Sim3 motion = new Sim3(1, new Quaternion(0.3, -0.5, 0.2, 0.7).toMatrix(), new Vec3(1, -2, 0.5));
        Camera moved = new Camera(motion.applyToPose(CAMERA.pose()), CAMERA.intrinsics());
        float[] expected =
                SplatRasterizer.render(cloud, CAMERA, WIDTH, HEIGHT, OPTIONS).rgb();
        float[] rgb = SplatRasterizer.render(cloud.transformed(motion), moved, WIDTH, HEIGHT, OPTIONS)
                .rgb();
        double squares = 0;
        for (int i = 0; i < rgb.length; i++) {
            squares += (rgb[i] - expected[i]) * (rgb[i] - expected[i]);
        }
        assertThat(Math.sqrt(squares / rgb.length)).isLessThan(1e-4);
    }

    @Test
    void ofTwoAtTheSameDepthTheFirstIsInFront() {
        float[] harmonics = {2, -2, -2, -2, 2, -2}; // red, green
        GaussianCloud cloud = new GaussianCloud(
                new float[] {0, 0, 2, 0, 0, 2},
                new float[] {1, 1, 1, 1, 1, 1},
                new float[] {1, 0, 0, 0, 1, 0, 0, 0},
                harmonics,
                new float[] {1, 1},
                0);
        Camera camera = new Camera(Pose.IDENTITY, new Intrinsics(9, 9, 4.5, 4.5));
        SplatImage image = SplatRasterizer.render(cloud, camera, 9, 9, OPTIONS);
        float brightness = 0.999f * (0.5f + 2 * 0.28209479f);
        int middle = 3 * (4 * 9 + 4);
        assertThat(image.rgb()[middle]).isCloseTo(brightness, within(1e-6f));
        assertThat(image.rgb()[middle + 1]).isZero(); // the second would leave less than 1e-4
        assertThat(image.depth().at(4, 4)).isEqualTo(2);
        assertThat(image.toImage().channel(4, 4, 0)).isEqualTo(255);
    }

    @Test
    void whatLiesBehindTheCameraIsNotSeen() {
        GaussianCloud cloud = RandomClouds.of(50, 0, 0.5, 1);
        Pose away = new Pose(Mat3.IDENTITY, new Vec3(0, 0, -100));
        SplatImage image = SplatRasterizer.render(cloud, new Camera(away, CAMERA.intrinsics()), WIDTH, HEIGHT, OPTIONS);
        assertThat(image.rgb()).containsOnly(0);
        assertThat(image.depth().values()).containsOnly(0);
        assertThat(image.alpha().values()).containsOnly(0);
    }

    @Test
    void badCloudsAreRefused() {
        refused(c -> new GaussianCloud(new float[0], new float[0], new float[0], new float[0], new float[0], 0))
                .hasMessage("a cloud of no Gaussians; legal: at least one");
        refused(c -> {
                    c.means()[7] = Float.NaN;
                    return c;
                })
                .hasMessage("Gaussian 2 has mean NaN; legal: finite");
        refused(c -> {
                    c.scales()[3] = -1;
                    return c;
                })
                .hasMessage("Gaussian 1 has scale -1.0; legal: 0 or more");
        refused(c -> {
                    c.opacities()[4] = 1.5f;
                    return c;
                })
                .hasMessage("Gaussian 4 has opacity 1.5; legal: 0 to 1");
        refused(c -> {
                    Arrays.fill(c.rotations(), 12, 16, 0);
                    return c;
                })
                .hasMessageContaining("Gaussian 3 has rotation 0, 0, 0, 0");
        refused(c -> new GaussianCloud(c.means(), c.scales(), c.rotations(), new float[4], c.opacities(), 0))
                .hasMessage("5 Gaussians have 4 numbers of color; legal: 15");
        refused(c -> RandomClouds.of(1, 4, 1, 0)).hasMessageContaining("degree 4; legal: 0 to 3");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(
            Function<GaussianCloud, GaussianCloud> spoilt) {
        GaussianCloud cloud = spoilt.apply(RandomClouds.of(5, 0, 1, 1));
        return assertThatThrownBy(() -> new SplatRasterizer(cloud, OPTIONS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void badCamerasSizesAndOptionsAreRefused() {
        SplatRasterizer rasterizer = new SplatRasterizer(RandomClouds.of(5, 0, 1, 1), OPTIONS);
        Camera flat = new Camera(CAMERA.pose(), new Intrinsics(0, 5, 5, 5));
        Camera sheared = new Camera(new Pose(Mat3.IDENTITY.times(2), Vec3.ZERO), CAMERA.intrinsics());
        Camera nowhere = new Camera(new Pose(Mat3.IDENTITY, new Vec3(0, Double.NaN, 0)), CAMERA.intrinsics());
        assertThatThrownBy(() -> rasterizer.render(flat, 8, 8)).hasMessageContaining("focal lengths 0.0 and 5.0");
        assertThatThrownBy(() -> rasterizer.render(sheared, 8, 8)).hasMessageContaining("not a rigid motion");
        assertThatThrownBy(() -> rasterizer.render(nowhere, 8, 8)).hasMessageContaining("not finite");
        assertThatThrownBy(() -> rasterizer.render(CAMERA, 0, 8)).hasMessageContaining("photo is 0x8");
        assertThatThrownBy(() -> OPTIONS.withNear(-1)).hasMessage("near plane is -1.0; legal: above 0 and finite");
        assertThatThrownBy(() -> OPTIONS.withThreads(-1)).hasMessageContaining("threads is -1");
        assertThatThrownBy(() -> OPTIONS.withMaxPairs(0)).hasMessageContaining("maxPairs is 0");
        assertThatThrownBy(() -> new SplatOptions.Background(0, 2, 0)).hasMessageContaining("0.0, 2.0, 0.0");
    }
}
