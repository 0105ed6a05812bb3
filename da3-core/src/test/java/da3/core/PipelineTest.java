package da3.core;

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
import da3.geometry.rays.RayCamera;
import da3.nn.Engine;
import da3.nn.NetworkRequest;
import da3.nn.Output;
import da3.nn.Progress;
import da3.weights.SeededWeights;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tests of a nested model with few channels: an any-view network with Gaussians and a metric network. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelineTest {

    private static final int VIEWS = 2;
    private static final int HEIGHT = 42;
    private static final int WIDTH = 56;

    private Engine engine;
    private Pipeline.Result meters;
    private Pipeline.Result unscaledGaussians;

    @BeforeAll
    void run() {
        engine = Engines.create(EngineOptions.defaults().withThreads(1));
        meters = run(true);
        unscaledGaussians = run(false);
    }

    @AfterAll
    void close() {
        engine.close();
    }

    @Test
    void nestedDepthIsAnyViewDepthInMeters() {
        Reconstruction r = meters.reconstruction();
        assertThat(r.metric()).isTrue();
        assertThat(r.scale()).isPositive().isNotCloseTo(1, within(1e-3));
        ScalarMap sky = r.sky().orElseThrow().get(0);
        int ground = 0;
        for (int i = 0; i < HEIGHT * WIDTH; i++) {
            if (sky.values()[i] < 0.3f) {
                double expected = meters.main().depth()[i] * r.scale();
                assertThat((double) r.depths().get(0).values()[i]).isCloseTo(expected, within(1e-5 * expected));
                ground++;
            }
        }
        assertThat(ground).isGreaterThan(100);
    }

    @Test
    void gaussiansOfANestedModelAreInMetersLikeItsDepth() {
        double scale = meters.reconstruction().scale();
        assertThat(unscaledGaussians.reconstruction().scale()).isEqualTo(scale);
        GaussianCloud unscaled = unscaledGaussians.reconstruction().gaussians().orElseThrow();
        GaussianCloud scaled = meters.reconstruction().gaussians().orElseThrow();
        assertThat(scaled.size()).isEqualTo(VIEWS * HEIGHT * WIDTH);
        assertThat(scaled.means()).isEqualTo(unscaled.scaled(scale).means()).isNotEqualTo(unscaled.means());
        assertThat(scaled.scales()).isEqualTo(unscaled.scaled(scale).scales());
        assertThat(scaled.rotations()).isEqualTo(unscaled.rotations());
        assertThat(scaled.harmonics()).isEqualTo(unscaled.harmonics());
        assertThat(scaled.opacities()).isEqualTo(unscaled.opacities());
    }

    @Test
    void gaussiansMatchTheDepthAlsoWithGivenCameras() {
        Intrinsics k = new Intrinsics(60, 60, 28, 21);
        List<Camera> given = List.of(
                new Camera(Pose.IDENTITY, k),
                new Camera(new Pose(Mat3.IDENTITY, new Vec3(100, 3, -7)), k),
                new Camera(new Pose(Mat3.IDENTITY, new Vec3(-5, 80, 2)), k));
        Pipeline.Result result = new Pipeline(engine, new SeededWeights(), TinyModels.anyView())
                .run(
                        InputProcessing.normalize(RandomImages.of(3, WIDTH, HEIGHT, 5)),
                        3,
                        HEIGHT,
                        WIDTH,
                        Optional.of(given),
                        NetworkRequest.of(Set.of(Output.DEPTH, Output.GAUSSIANS)),
                        PostProcessing.defaults(false, 42),
                        Progress.SILENT);
        float[] means = result.reconstruction().gaussians().orElseThrow().means();
        float[] raw = result.main().gaussians();
        int channels = raw.length / (3 * WIDTH * HEIGHT);
        for (int i = 0; i < 3 * WIDTH * HEIGHT; i += 61) {
            Camera camera = result.reconstruction().cameras().orElseThrow().get(i / (WIDTH * HEIGHT));
            Vec3 mean = new Vec3(means[3 * i], means[3 * i + 1], means[3 * i + 2]);
            double distance = mean.minus(camera.pose().cameraCenter()).norm();
            double depth = result.main().depth()[i] + raw[(i + 1) * channels - 1];
            assertThat(distance).isCloseTo(Math.abs(depth), within(1e-4));
        }
    }

    @Test
    void unrequestedOutputsAreNotComputed() {
        assertThat(meters.main().rays()).isNull();
        assertThat(meters.main().trace()).isNull();
        assertThat(meters.metric().gaussians()).isNull();
        // not requested, but needed for meters
        assertThat(meters.reconstruction().cameras().orElseThrow()).hasSize(VIEWS);
    }

    @Test
    void camerasFromRaysDoNotUseTheDecoder() {
        Pipeline.Result fitted = run(new PostProcessing(true, 42, Optional.empty(), RayCamera.LEAST_SQUARES, true));
        assertThat(fitted.main().poseEncodings()).isNull();
        assertThat(fitted.reconstruction().rays()).isPresent();
        List<Camera> cameras = fitted.reconstruction().cameras().orElseThrow();
        assertThat(cameras)
                .hasSize(VIEWS)
                .isNotEqualTo(meters.reconstruction().cameras().orElseThrow());
    }

    @Test
    void fittingCamerasWithoutRaysIsRejected() {
        Pipeline mono = new Pipeline(engine, new SeededWeights(), TinyModels.metric());
        float[] image = InputProcessing.normalize(RandomImages.of(1, WIDTH, HEIGHT, 5));
        NetworkRequest request = NetworkRequest.of(Set.of(Output.DEPTH));
        assertThatThrownBy(() -> mono.run(
                        image,
                        1,
                        HEIGHT,
                        WIDTH,
                        Optional.empty(),
                        request,
                        PostProcessing.defaults(true, 42),
                        Progress.SILENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cameras cannot be fitted to rays: this model predicts no rays");
    }

    private Pipeline.Result run(boolean metricGaussians) {
        return run(new PostProcessing(false, 42, Optional.empty(), RayCamera.LEAST_SQUARES, metricGaussians));
    }

    private Pipeline.Result run(PostProcessing postProcessing) {
        return new Pipeline(engine, new SeededWeights(), TinyModels.nested())
                .run(
                        InputProcessing.normalize(RandomImages.of(VIEWS, WIDTH, HEIGHT, 5)),
                        VIEWS,
                        HEIGHT,
                        WIDTH,
                        Optional.empty(),
                        NetworkRequest.of(Set.of(Output.DEPTH, Output.GAUSSIANS)),
                        postProcessing,
                        Progress.SILENT);
    }
}
