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
    void agreesWithTheSlowReference(int degree, double largest, int size) {
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

    /** Means, shapes and colors must rotate together. */
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
    void theFirstOfTwoGaussiansAtEqualDepthIsInFront() {
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
    void gaussiansBehindTheCameraAreInvisible() {
        GaussianCloud cloud = RandomClouds.of(50, 0, 0.5, 1);
        Pose away = new Pose(Mat3.IDENTITY, new Vec3(0, 0, -100));
        SplatImage image = SplatRasterizer.render(cloud, new Camera(away, CAMERA.intrinsics()), WIDTH, HEIGHT, OPTIONS);
        assertThat(image.rgb()).containsOnly(0);
        assertThat(image.depth().values()).containsOnly(0);
        assertThat(image.alpha().values()).containsOnly(0);
    }

    @Test
    void rejectsInvalidClouds() {
        refused(c -> new GaussianCloud(new float[0], new float[0], new float[0], new float[0], new float[0], 0))
                .hasMessage("number of Gaussians must be at least 1, got 0");
        refused(c -> {
                    c.means()[7] = Float.NaN;
                    return c;
                })
                .hasMessage("mean of Gaussian 2 must be finite, got NaN");
        refused(c -> {
                    c.scales()[3] = -1;
                    return c;
                })
                .hasMessage("scale of Gaussian 1 must be at least 0, got -1.0");
        refused(c -> {
                    c.opacities()[4] = 1.5f;
                    return c;
                })
                .hasMessage("opacity of Gaussian 4 must be from 0 to 1, got 1.5");
        refused(c -> {
                    Arrays.fill(c.rotations(), 12, 16, 0);
                    return c;
                })
                .hasMessageContaining("rotation of Gaussian 3 must be a quaternion of positive length, got 0, 0, 0, 0");
        refused(c -> new GaussianCloud(c.means(), c.scales(), c.rotations(), new float[4], c.opacities(), 0))
                .hasMessage("number of color values of 5 Gaussians must be 15, got 4");
        refused(c -> RandomClouds.of(1, 4, 1, 0))
                .hasMessageContaining("degree of harmonics must be from 0 to 3, got 4");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(
            Function<GaussianCloud, GaussianCloud> spoilt) {
        GaussianCloud cloud = spoilt.apply(RandomClouds.of(5, 0, 1, 1));
        return assertThatThrownBy(() -> new SplatRasterizer(cloud, OPTIONS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rejectsInvalidCamerasSizesAndOptions() {
        SplatRasterizer rasterizer = new SplatRasterizer(RandomClouds.of(5, 0, 1, 1), OPTIONS);
        Camera flat = new Camera(CAMERA.pose(), new Intrinsics(0, 5, 5, 5));
        Camera sheared = new Camera(new Pose(Mat3.IDENTITY.times(2), Vec3.ZERO), CAMERA.intrinsics());
        Camera nowhere = new Camera(new Pose(Mat3.IDENTITY, new Vec3(0, Double.NaN, 0)), CAMERA.intrinsics());
        assertThatThrownBy(() -> rasterizer.render(flat, 8, 8))
                .hasMessageContaining("must be positive, got 0.0 and 5.0");
        assertThatThrownBy(() -> rasterizer.render(sheared, 8, 8)).hasMessageContaining("must be a rigid motion");
        assertThatThrownBy(() -> rasterizer.render(nowhere, 8, 8)).hasMessageContaining("must be finite");
        assertThatThrownBy(() -> rasterizer.render(CAMERA, 0, 8)).hasMessageContaining("got 0x8");
        assertThatThrownBy(() -> OPTIONS.withNear(-1)).hasMessage("near plane must be positive and finite, got -1.0");
        assertThatThrownBy(() -> OPTIONS.withThreads(-1)).hasMessageContaining("threads must be at least 0, got -1");
        assertThatThrownBy(() -> OPTIONS.withMaxPairs(0)).hasMessageContaining("maxPairs must be positive, got 0");
        assertThatThrownBy(() -> new SplatOptions.Background(0, 2, 0)).hasMessageContaining("0.0, 2.0, 0.0");
    }
}
