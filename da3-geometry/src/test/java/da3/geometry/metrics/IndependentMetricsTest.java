package da3.geometry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.Sim3;
import da3.geometry.align.Umeyama;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.geometry.points.VoxelThinning;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Metrics against values that other implementations computed for the same data, which follow from a formula. */
class IndependentMetricsTest {

    private static final int WIDTH = 40;
    private static final int HEIGHT = 30;

    /** Returns values in [-1, 1) that follow from their index and a seed. */
    private static double[] uniform(int count, int seed) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            long hash = (i + seed * 1_000_003L + 1) * 0x9E3779B97F4A7C15L;
            hash = (hash ^ hash >>> 29) * 0xBF58476D1CE4E5B9L;
            hash ^= hash >>> 32;
            values[i] = (hash >>> 40) / (double) (1 << 23) - 1;
        }
        return values;
    }

    /** Returns an image of noise, to which more noise is added. */
    private static Image noise(double added) {
        double[] base = uniform(3 * WIDTH * HEIGHT, 1);
        double[] more = uniform(3 * WIDTH * HEIGHT, 2);
        byte[] rgb = new byte[base.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (int) Math.max(0, Math.min(255, 128 + 100 * base[i] + added * more[i]));
        }
        return new Image(WIDTH, HEIGHT, rgb);
    }

    /**
     * scikit-image 0.19.3: peak_signal_noise_ratio and structural_similarity with gaussian_weights=True, sigma=1.5,
     * use_sample_covariance=False and channel_axis=2, alike for bytes with data_range=255 and for values from 0 to 1 with
     * data_range=1. Its defaults, a uniform window and sample covariances, give 0.95729.
     */
    @Test
    void imagesAgreeWithScikitImage() {
        assertThat(Psnr.of(noise(0), noise(30))).isCloseTo(23.443278123893087, within(1e-9));
        assertThat(Ssim.of(noise(0), noise(30))).isCloseTo(0.9566638657477213, within(1e-6));
    }

    /** Returns points on a wavy surface. */
    private static double[] surface(int count, int seed, double height) {
        double[] flat = uniform(2 * count, seed);
        double[] points = new double[3 * count];
        for (int i = 0; i < count; i++) {
            points[3 * i] = flat[2 * i];
            points[3 * i + 1] = flat[2 * i + 1];
            points[3 * i + 2] = 0.3 * Math.sin(3 * flat[2 * i]) * Math.cos(2 * flat[2 * i + 1]) + height;
        }
        return points;
    }

    /** Open3D 0.16.1, compute_point_cloud_distance, and SciPy 1.10.1, cKDTree.query, which agree in all digits. */
    @Test
    void surfacesAgreeWithOpen3dAndScipy() {
        SurfaceMetrics metrics = SurfaceMetrics.of(surface(700, 3, 0.02), surface(900, 4, 0), 0.05);
        assertThat(metrics.accuracy()).isCloseTo(0.04197364102447933, within(1e-9));
        assertThat(metrics.completeness()).isCloseTo(0.046252242379548406, within(1e-9));
        assertThat(metrics.chamfer()).isCloseTo(0.044112941702013866, within(1e-9));
        assertThat(metrics.precision()).isCloseTo(0.7328571428571429, within(1e-9));
        assertThat(metrics.recall()).isCloseTo(0.6366666666666667, within(1e-9));
        assertThat(metrics.f1()).isCloseTo(0.681383866481224, within(1e-9));
    }

    /** Open3D 0.16.1: voxel_down_sample(0.1) of both, then compute_point_cloud_distance. */
    @Test
    void thinnedSurfacesAgreeWithOpen3d() {
        double[] predicted = VoxelThinning.of(surface(700, 3, 0.02), 0.1);
        double[] truth = VoxelThinning.of(surface(900, 4, 0), 0.1);
        assertThat(predicted).hasSize(3 * 404);
        assertThat(truth).hasSize(3 * 451);
        SurfaceMetrics metrics = SurfaceMetrics.of(predicted, truth, 0.05);
        assertThat(metrics.accuracy()).isCloseTo(0.048200392354878906, within(1e-9));
        assertThat(metrics.completeness()).isCloseTo(0.05089211615210233, within(1e-9));
        assertThat(metrics.f1()).isCloseTo(0.5509390102767112, within(1e-9));
    }

    private static Mat3 turn(double x, double y, double z) {
        Mat3 aroundX = new Mat3(1, 0, 0, 0, Math.cos(x), -Math.sin(x), 0, Math.sin(x), Math.cos(x));
        Mat3 aroundY = new Mat3(Math.cos(y), 0, Math.sin(y), 0, 1, 0, -Math.sin(y), 0, Math.cos(y));
        Mat3 aroundZ = new Mat3(Math.cos(z), -Math.sin(z), 0, Math.sin(z), Math.cos(z), 0, 0, 0, 1);
        return aroundZ.times(aroundY).times(aroundX);
    }

    /** Returns eight cameras, or the same with small errors and moved by a similarity. */
    private static List<Camera> trajectory(boolean predicted) {
        double[] u = uniform(6 * 8, 5);
        double[] e = uniform(6 * 8, 6);
        Sim3 moved = new Sim3(0.37, turn(0.4, -0.7, 1.1), new Vec3(1, -2, 0.5));
        List<Camera> cameras = new ArrayList<>();
        for (int i = 0; i < u.length; i += 6) {
            double error = predicted ? 1 : 0;
            Mat3 axes = turn(u[i], u[i + 1], u[i + 2])
                    .times(turn(0.05 * error * e[i], 0.05 * error * e[i + 1], 0.05 * error * e[i + 2]));
            Vec3 center = new Vec3(u[i + 3], u[i + 4], u[i + 5])
                    .times(3)
                    .plus(new Vec3(e[i + 3], e[i + 4], e[i + 5]).times(0.1 * error));
            Pose pose = new Pose(axes, center).inverse();
            cameras.add(new Camera(predicted ? moved.applyToPose(pose) : pose, new Intrinsics(1, 1, 0, 0)));
        }
        return cameras;
    }

    /**
     * Open3D 0.16.1: TransformationEstimationPointToPoint(with_scaling=True) of the camera centers; then NumPy 1.24 and
     * SciPy 1.10.1, Rotation.magnitude, by the definitions of Sturm et al.
     */
    @Test
    void trajectoriesAgreeWithOpen3d() {
        List<Camera> truth = trajectory(false);
        List<Camera> predicted = trajectory(true);
        Sim3 alignment = Umeyama.align(
                truth.stream().map(Camera::pose).toList(),
                predicted.stream().map(Camera::pose).toList());
        assertThat(alignment.scale()).isCloseTo(2.6677765388834995, within(1e-9));
        Mat3 expected = turn(-0.7848924419756278, -0.08583235392743904, -1.2077171319088662);
        assertThat(alignment.rotation().toArray()).containsExactly(expected.toArray(), within(1e-9));
        Vec3 translation = new Vec3(1.8332431586185196, 3.097794165252987, -4.937817342864932);
        assertThat(alignment.translation().minus(translation).norm()).isLessThan(1e-9);
        TrajectoryError error = TrajectoryError.of(predicted, truth).orElseThrow();
        assertThat(error.absolute()).isCloseTo(0.08964796925921893, within(1e-9));
        assertThat(error.relativeTranslation()).isCloseTo(0.21726302202328776, within(1e-9));
        assertThat(error.relativeRotation()).isCloseTo(4.244019608053934, within(1e-6));
    }
}
