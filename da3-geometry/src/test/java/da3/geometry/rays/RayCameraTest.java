package da3.geometry.rays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.DegenerateGeometryException;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.RandomGeometry;
import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RayCameraTest {

    private static final int IMAGE_HEIGHT = 28;
    private static final int IMAGE_WIDTH = 42;
    private static final int WIDTH = 24;
    private static final int HEIGHT = 16;
    private static final Mat3 TURN = new Quaternion(0.2, -0.3, 0.1, 0.9).toMatrix();
    private static final Pose POSE = new Pose(TURN.transpose(), new Vec3(0.5, -1, 2));
    private static final int[][] TABLE = RayHomography.sampleTable(WIDTH * HEIGHT, 11);

    @Test
    void findsACenteredCamera() {
        assertFinds(new Camera(POSE, new Intrinsics(30, 35, 21, 14)));
    }

    @Test
    void findsACameraWhosePrincipalPointIsOffCenter() {
        assertFinds(new Camera(POSE, new Intrinsics(30, 35, 25, 10)));
    }

    @Test
    void findsACameraThatLooksBackwards() {
        Pose back = new Pose(new Mat3(-1, 0, 0, 0, 1, 0, 0, 0, -1), Vec3.ZERO);
        assertFinds(new Camera(back, new Intrinsics(40, 40, 21, 14)));
    }

    @ParameterizedTest
    @CsvSource({"0.01, 0, 0.3", "0.03, 0, 0.8", "0.01, 3, 1.5"})
    void isRobustAgainstNoiseForCenteredAndOffCenterCameras(double noise, double offCenter, double degrees) {
        Camera camera = new Camera(POSE, new Intrinsics(30, 35, 21 + offCenter, 14 - offCenter));
        RayMap rays = rays(camera);
        Random random = new Random(5);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            for (int c = 0; c < 3; c++) {
                rays.rays()[6 * i + c] += (float) (noise * random.nextGaussian());
            }
        }
        Camera found = RayCamera.estimate(rays, IMAGE_HEIGHT, IMAGE_WIDTH, TABLE, 42);
        assertThat(RandomGeometry.distance(found.pose(), camera.pose())).isLessThan(Math.toRadians(degrees));
        assertThat(found.intrinsics().cx()).isCloseTo(camera.intrinsics().cx(), within(offCenter == 0 ? 1e-9 : 1));
    }

    @Test
    void raysOfLowConfidenceMayBeWrong() {
        Camera camera = new Camera(POSE, new Intrinsics(30, 35, 25, 10));
        RayMap rays = rays(camera);
        Random random = new Random(12);
        for (int i = 0; i < WIDTH * HEIGHT; i += 4) {
            rays.confidence()[i] = 1.01f;
            for (int c = 0; c < 3; c++) {
                rays.rays()[6 * i + c] = random.nextFloat() * 4 - 2;
            }
        }
        Camera found = RayCamera.estimate(rays, IMAGE_HEIGHT, IMAGE_WIDTH, TABLE, 42);
        assertThat(RandomGeometry.distance(found.pose(), camera.pose())).isLessThan(0.02);
        assertThat(found.intrinsics().cx()).isCloseTo(25, within(1.0));
    }

    @Test
    void theCenterIsTheMeanOfTheOriginsWeightedByConfidence() {
        RayMap rays = rays(new Camera(POSE, new Intrinsics(30, 35, 21, 14)));
        rays.rays()[3] += 10;
        rays.confidence()[0] = 100;
        double total = 100 + 3.0 * (WIDTH * HEIGHT - 1);
        Vec3 center = RayCamera.estimate(rays, IMAGE_HEIGHT, IMAGE_WIDTH, TABLE, 42)
                .pose()
                .cameraCenter();
        assertThat(center.x() - POSE.cameraCenter().x()).isCloseTo(10 * 100 / total, within(1e-5));
    }

    @Test
    void usesTheGivenFactorization() {
        RayMap rays = rays(new Camera(POSE, new Intrinsics(30, 35, 21, 14)));
        Camera found = RayCamera.estimate(rays, 10, 20, TABLE, 42, (h, inliers) -> {
            assertThat(h.determinant()).isPositive();
            return new HomographyFactorization.Factors(Mat3.IDENTITY, 1, 2, 0.5, 1.5);
        });
        assertThat(found.intrinsics()).isEqualTo(new Intrinsics(10, 10, 5, 7.5));
        assertThat(found.pose().rotation()).isEqualTo(Mat3.IDENTITY);
    }

    /** The determinant of their homography is a rounding error, but not 0. */
    @Test
    void rejectsRaysInAPlaneThroughTheAxis() {
        RayMap rays = rays(new Camera(POSE, new Intrinsics(30, 35, 21, 14)));
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            rays.rays()[6 * i] = 0.5f * rays.rays()[6 * i + 1];
        }
        assertThatThrownBy(() -> RayCamera.estimate(rays, IMAGE_HEIGHT, IMAGE_WIDTH, TABLE, 42))
                .isInstanceOf(DegenerateGeometryException.class);
    }

    /** The normal equations of one ray are all but singular. */
    @Test
    void leastSquaresTakesNoStepOfRoundingErrors() {
        Mat3 homography = new Mat3(
                -0.0,
                -0.23655383706171265,
                0.22176922224535567,
                -0.0,
                -0.5600169765030127,
                0.5250159154715746,
                8.326672684688674E-17,
                -0.40329616961277587,
                0.37809015901197734);
        RayInliers ray = new RayInliers(
                new double[] {-0.9583333333333334, -0.4375},
                new double[] {0.3762548886740074, 0.7534463575666417, 0.5392131721485209},
                new double[] {1.6157482862472534});
        HomographyFactorization.Factors factors = RayCamera.LEAST_SQUARES.factor(homography, ray);
        assertThat(factors.rotation().determinant()).isCloseTo(1, within(1e-9));
    }

    @Test
    void rejectsRaysThatAreNotFiniteOrInOnePlane() {
        RayMap broken = rays(new Camera(POSE, new Intrinsics(30, 35, 21, 14)));
        broken.rays()[7] = Float.NaN;
        assertThatThrownBy(() -> RayCamera.estimate(broken, IMAGE_HEIGHT, IMAGE_WIDTH, TABLE, 42))
                .isInstanceOf(DegenerateGeometryException.class)
                .hasMessageContaining("NaN");
        RayMap flat = rays(new Camera(POSE, new Intrinsics(30, 35, 21, 14)));
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            flat.rays()[6 * i + 2] = 0;
        }
        assertThatThrownBy(() -> RayCamera.estimate(flat, IMAGE_HEIGHT, IMAGE_WIDTH, TABLE, 42))
                .isInstanceOf(DegenerateGeometryException.class);
    }

    @Test
    void theTableContainsConfidentPixelsWithoutRepetition() {
        assertThat(TABLE.length).isEqualTo(100);
        for (int[] ranks : TABLE) {
            assertThat(ranks).hasSize(8).doesNotHaveDuplicates();
            assertThat(Arrays.stream(ranks)).allMatch(rank -> rank >= 0 && rank < (int) (0.3 * WIDTH * HEIGHT));
        }
        assertThat(TABLE).isDeepEqualTo(RayHomography.sampleTable(WIDTH * HEIGHT, 11));
        float[] fourRays = new float[24];
        Arrays.fill(fourRays, 1);
        RayMap small = new RayMap(2, 2, fourRays, new float[] {2, 2, 2, 2});
        assertThatThrownBy(() -> RayCamera.estimate(small, IMAGE_HEIGHT, IMAGE_WIDTH, TABLE, 42))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rank in the sample table must be from 0 to 3");
    }

    private static void assertFinds(Camera camera) {
        Camera found = RayCamera.estimate(rays(camera), IMAGE_HEIGHT, IMAGE_WIDTH, TABLE, 42);
        assertThat(RandomGeometry.distance(found.pose(), camera.pose())).isLessThan(1e-5);
        Intrinsics k = found.intrinsics();
        Intrinsics expected = camera.intrinsics();
        assertThat(new double[] {k.fx(), k.fy(), k.cx(), k.cy()})
                .containsExactly(
                        new double[] {expected.fx(), expected.fy(), expected.cx(), expected.cy()}, within(1e-3));
    }

    private static RayMap rays(Camera camera) {
        Pose cameraToWorld = camera.pose().inverse();
        Mat3 toDirection =
                cameraToWorld.rotation().times(camera.intrinsics().matrix().inverse());
        Vec3 origin = cameraToWorld.translation();
        float[] rays = new float[6 * WIDTH * HEIGHT];
        float[] confidence = new float[WIDTH * HEIGHT];
        for (int i = 0; i < confidence.length; i++) {
            double x = (i % WIDTH + 0.5) * IMAGE_WIDTH / WIDTH;
            double y = (i / WIDTH + 0.5) * IMAGE_HEIGHT / HEIGHT;
            Vec3 d = toDirection.times(new Vec3(x, y, 1)).times(1 + i % 3);
            double[] ray = {d.x(), d.y(), d.z(), origin.x(), origin.y(), origin.z()};
            for (int c = 0; c < 6; c++) {
                rays[6 * i + c] = (float) ray[c];
            }
            confidence[i] = 3;
        }
        return new RayMap(WIDTH, HEIGHT, rays, confidence);
    }
}
