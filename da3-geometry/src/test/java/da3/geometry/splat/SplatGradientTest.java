package da3.geometry.splat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares gradients with central differences of an image in double precision. */
class SplatGradientTest {

    private static final int WIDTH = 37;
    private static final int HEIGHT = 23;
    private static final double STEP = 1e-6;
    private static final double TOLERANCE = 1e-3;
    private static final double[] BACKGROUND = {0.25, 0.5, 1};
    private static final SplatOptions OPTIONS = SplatOptions.defaults()
            .withNear(0.2)
            .withBackground(new SplatOptions.Background(0.25f, 0.5f, 1))
            .withThreads(2);
    private static final Camera CAMERA = RandomClouds.camera(WIDTH, HEIGHT);

    /** Many sizes and shapes; some Gaussians are outside the image, where the projection is linearized at its margin. */
    @ParameterizedTest
    @CsvSource({"0, 1.5, 12, 3", "1, 0.6, 20, 4", "2, 1.0, 16, 5", "2, 0.2, 30, 6"})
    void gradientsAgreeWithCentralDifferences(int degree, double largest, int size, long seed) {
        checkAll(RandomClouds.of(size, degree, largest, seed), CAMERA);
    }

    @Test
    void needlesAcrossTheBorderAgree() {
        GaussianCloud cloud = RandomClouds.of(10, 1, 1, 9);
        for (int i = 0; i < 10; i++) {
            cloud.scales()[3 * i] = 2;
            cloud.scales()[3 * i + 1] = 0.02f;
            cloud.scales()[3 * i + 2] = 0;
            cloud.means()[3 * i] = (i % 2 == 0 ? -1 : 1) * 3.5f;
        }
        checkAll(cloud, CAMERA);
    }

    /** The first covers 0.999 of some pixels, and the next ones finish pixels before the last one. */
    @Test
    void clampedOpacitiesAndFinishedPixelsAgree() {
        GaussianCloud cloud = RandomClouds.of(4, 0, 1, 8);
        float[] opacities = {1, 0.95f, 0.97f, 0.9f};
        Arrays.fill(cloud.means(), 0.1f);
        Arrays.fill(cloud.scales(), 2.5f);
        for (int i = 0; i < 4; i++) {
            cloud.means()[3 * i + 2] = 0.5f * i - 1;
            cloud.scales()[3 * i + 1] = 1.5f + 0.2f * i;
            cloud.opacities()[i] = opacities[i];
        }
        checkAll(cloud, CAMERA);
    }

    private static void checkAll(GaussianCloud cloud, Camera camera) {
        SplatReference reference = new SplatReference(cloud, camera, WIDTH, HEIGHT);
        SplatImage weights = weights(WIDTH, HEIGHT, 1);
        SplatGradients gradients = new SplatRasterizer(cloud, OPTIONS)
                .differentiable(camera, WIDTH, HEIGHT)
                .gradients(weights);
        check("means", reference, reference.means, gradients.gaussians().means(), weights);
        check("scales", reference, reference.scales, gradients.gaussians().scales(), weights);
        check("rotations", reference, reference.rotations, gradients.gaussians().rotations(), weights);
        check("harmonics", reference, reference.harmonics, gradients.gaussians().harmonics(), weights);
        check("opacities", reference, reference.opacities, gradients.gaussians().opacities(), weights);
        double[] slopes = new double[12];
        for (int i = 0; i < 12; i++) {
            reference.camera = moved(camera, i, STEP);
            double above = loss(reference, weights);
            reference.camera = moved(camera, i, -STEP);
            slopes[i] = (above - loss(reference, weights)) / (2 * STEP);
        }
        compare("pose", gradients.pose(), slopes);
    }

    private static void check(
            String name, SplatReference reference, double[] values, float[] gradient, SplatImage weights) {
        double[] slopes = new double[values.length];
        double[] actual = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            values[i] = value + STEP;
            double above = loss(reference, weights);
            values[i] = value - STEP;
            slopes[i] = (above - loss(reference, weights)) / (2 * STEP);
            values[i] = value;
            actual[i] = gradient[i];
        }
        compare(name, actual, slopes);
    }

    /** Relative to each slope; to a thousandth of the largest where a slope is smaller. */
    private static void compare(String name, double[] actual, double[] slopes) {
        double largest = Arrays.stream(slopes).map(Math::abs).max().orElseThrow();
        assertThat(largest).as(name).isPositive();
        for (int i = 0; i < slopes.length; i++) {
            assertThat(actual[i])
                    .as(name + " " + i)
                    .isCloseTo(slopes[i], within(TOLERANCE * Math.max(Math.abs(slopes[i]), 1e-3 * largest)));
        }
    }

    private static Camera moved(Camera camera, int entry, double step) {
        double[] matrix = camera.pose().toMatrix3x4();
        matrix[entry] += step;
        return new Camera(Pose.ofMatrix(matrix, 0), camera.intrinsics());
    }

    private static double loss(SplatReference reference, SplatImage weights) {
        double[] image = reference.render(OPTIONS.near(), BACKGROUND);
        double sum = 0;
        for (int p = 0; p < WIDTH * HEIGHT; p++) {
            for (int c = 0; c < 3; c++) {
                sum += weights.rgb()[3 * p + c] * image[5 * p + c];
            }
            sum += weights.depth().values()[p] * image[5 * p + 3]
                    + weights.alpha().values()[p] * image[5 * p + 4];
        }
        return sum;
    }

    private static SplatImage weights(int width, int height, long seed) {
        Random random = new Random(seed);
        SplatImage weights = new SplatImage(
                width,
                height,
                new float[3 * width * height],
                new ScalarMap(width, height, new float[width * height]),
                new ScalarMap(width, height, new float[width * height]));
        for (float[] values : new float[][] {
            weights.rgb(), weights.depth().values(), weights.alpha().values()
        }) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
        }
        return weights;
    }

    @ParameterizedTest
    @CsvSource({"1", "3"})
    void threadsChangeNoByte(int threads) {
        GaussianCloud cloud = RandomClouds.of(3000, 1, 0.4, 3);
        SplatOptions grouped = OPTIONS.withMaxPairs(20_000); // several groups of tiles
        SplatImage weights = weights(WIDTH, HEIGHT, 2);
        SplatGradients expected = new SplatRasterizer(cloud, grouped)
                .differentiable(CAMERA, WIDTH, HEIGHT)
                .gradients(weights);
        SplatGradients same = new SplatRasterizer(cloud, grouped.withThreads(threads))
                .differentiable(CAMERA, WIDTH, HEIGHT)
                .gradients(weights);
        assertThat(same.gaussians().means()).isEqualTo(expected.gaussians().means());
        assertThat(same.gaussians().scales()).isEqualTo(expected.gaussians().scales());
        assertThat(same.gaussians().rotations()).isEqualTo(expected.gaussians().rotations());
        assertThat(same.gaussians().harmonics()).isEqualTo(expected.gaussians().harmonics());
        assertThat(same.gaussians().opacities()).isEqualTo(expected.gaussians().opacities());
        assertThat(same.pose()).isEqualTo(expected.pose());
    }

    @Test
    void groupsOfTilesChangeOnlyTheRounding() {
        GaussianCloud cloud = RandomClouds.of(3000, 1, 0.4, 3);
        SplatImage weights = weights(WIDTH, HEIGHT, 2);
        SplatGradients one = new SplatRasterizer(cloud, OPTIONS)
                .differentiable(CAMERA, WIDTH, HEIGHT)
                .gradients(weights);
        SplatGradients several = new SplatRasterizer(cloud, OPTIONS.withMaxPairs(20_000))
                .differentiable(CAMERA, WIDTH, HEIGHT)
                .gradients(weights);
        for (int i = 0; i < one.gaussians().means().length; i++) {
            float mean = one.gaussians().means()[i];
            assertThat(several.gaussians().means()[i]).isCloseTo(mean, within(1e-5f * (1e-2f + Math.abs(mean))));
        }
    }

    @Test
    void invisibleGaussiansHaveNoGradient() {
        GaussianCloud cloud = RandomClouds.of(50, 0, 0.5, 1);
        Pose away = new Pose(Mat3.IDENTITY, new Vec3(0, 0, -100));
        SplatGradients gradients = new SplatRasterizer(cloud, OPTIONS)
                .differentiable(new Camera(away, CAMERA.intrinsics()), WIDTH, HEIGHT)
                .gradients(weights(WIDTH, HEIGHT, 1));
        assertThat(gradients.gaussians().means()).containsOnly(0);
        assertThat(gradients.gaussians().opacities()).containsOnly(0);
        assertThat(gradients.pose()).containsOnly(0);
    }

    @Test
    void rejectsGradientsOfAnotherSize() {
        SplatRendering rendering = new SplatRasterizer(RandomClouds.of(5, 0, 1, 1), OPTIONS)
                .differentiable(new Camera(Pose.IDENTITY, new Intrinsics(5, 5, 2, 2)), 5, 4);
        assertThatThrownBy(() -> rendering.gradients(weights(4, 5, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("size of the gradients of an image must be 5x4, got SplatImage[4x5]");
    }
}
