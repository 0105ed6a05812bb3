package da3.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.GaussianOptions;
import da3.geometry.RayCamera;
import da3.geometry.ScalarMap;
import da3.nn.BackboneConfig;
import da3.nn.DptConfig;
import da3.nn.Engine;
import da3.nn.GaussianConfig;
import da3.nn.ModelConfig;
import da3.nn.NetworkConfig;
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

/** A nested model of a few channels: an any-view network with Gaussians beside one that knows metres. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelineTest {

    private static final int VIEWS = 2;
    private static final int HEIGHT = 42;
    private static final int WIDTH = 56;
    private static final List<Integer> CHANNELS = List.of(8, 8, 16, 16);

    private Engine engine;
    private Pipeline.Result metres;
    private Pipeline.Result gaussiansLeft;

    @BeforeAll
    void run() {
        engine = Engines.create(EngineOptions.defaults().withThreads(1));
        metres = run(true);
        gaussiansLeft = run(false);
    }

    @AfterAll
    void close() {
        engine.close();
    }

    @Test
    void nestedDepthAndTranslationsAreTheAnyViewOnesInMetres() {
        Reconstruction r = metres.reconstruction();
        assertThat(r.metric()).isTrue();
        assertThat(r.scale()).isPositive().isNotCloseTo(1, within(1e-3));
        ScalarMap sky = r.sky().orElseThrow().get(0);
        int ground = 0;
        for (int i = 0; i < HEIGHT * WIDTH; i++) {
            if (sky.values()[i] < 0.3f) {
                double expected = metres.main().depth()[i] * r.scale();
                assertThat((double) r.depths().get(0).values()[i]).isCloseTo(expected, within(1e-5 * expected));
                ground++;
            }
        }
        assertThat(ground).isGreaterThan(100);
    }

    @Test
    void gaussiansOfANestedModelAreInMetresLikeItsDepth() {
        double scale = metres.reconstruction().scale();
        assertThat(gaussiansLeft.reconstruction().scale()).isEqualTo(scale);
        GaussianCloud left = gaussiansLeft.reconstruction().gaussians().orElseThrow();
        GaussianCloud scaled = metres.reconstruction().gaussians().orElseThrow();
        assertThat(scaled.size()).isEqualTo(VIEWS * HEIGHT * WIDTH);
        assertThat(scaled.means()).isEqualTo(left.scaled(scale).means()).isNotEqualTo(left.means());
        assertThat(scaled.scales()).isEqualTo(left.scaled(scale).scales());
        assertThat(scaled.rotations()).isEqualTo(left.rotations());
        assertThat(scaled.harmonics()).isEqualTo(left.harmonics());
        assertThat(scaled.opacities()).isEqualTo(left.opacities());
    }

    @Test
    void whatWasNotAskedForIsNotComputed() {
        assertThat(metres.main().rays()).isNull();
        assertThat(metres.main().trace()).isNull();
        assertThat(metres.metric().gaussians()).isNull();
        // asked for by nobody, but metres need it
        assertThat(metres.reconstruction().cameras().orElseThrow()).hasSize(VIEWS);
    }

    @Test
    void camerasFromRaysLeaveTheDecoderAlone() {
        Pipeline.Result fitted = run(new PostProcessing(true, 42, Optional.empty(), RayCamera.LEAST_SQUARES, true));
        assertThat(fitted.main().poseEncodings()).isNull();
        assertThat(fitted.reconstruction().rays()).isPresent();
        List<Camera> cameras = fitted.reconstruction().cameras().orElseThrow();
        assertThat(cameras)
                .hasSize(VIEWS)
                .isNotEqualTo(metres.reconstruction().cameras().orElseThrow());
    }

    @Test
    void aNetworkWithoutRaysFitsNoCameras() {
        Pipeline mono = new Pipeline(engine, new SeededWeights(), new ModelConfig(metricNetwork(), Optional.empty()));
        float[] image = InputProcessing.normalise(RandomPhotos.of(1, WIDTH, HEIGHT, 5));
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
                .hasMessage("this model has no rays to fit cameras to");
    }

    private Pipeline.Result run(boolean metricGaussians) {
        return run(new PostProcessing(false, 42, Optional.empty(), RayCamera.LEAST_SQUARES, metricGaussians));
    }

    private Pipeline.Result run(PostProcessing postProcessing) {
        return new Pipeline(engine, new SeededWeights(), nested())
                .run(
                        InputProcessing.normalise(RandomPhotos.of(VIEWS, WIDTH, HEIGHT, 5)),
                        VIEWS,
                        HEIGHT,
                        WIDTH,
                        Optional.empty(),
                        NetworkRequest.of(Set.of(Output.DEPTH, Output.GAUSSIANS)),
                        postProcessing,
                        Progress.SILENT);
    }

    private static ModelConfig nested() {
        NetworkConfig anyView = new NetworkConfig(
                backbone(2),
                head(DptConfig.Kind.DEPTH_AND_RAYS, 64, 2, true, true),
                Optional.of(64),
                Optional.empty(),
                Optional.of(new GaussianConfig(
                        head(DptConfig.Kind.GAUSSIANS, 64, 38, false, true), GaussianOptions.defaults(2, true, true))));
        return new ModelConfig(anyView, Optional.of(metricNetwork()));
    }

    private static NetworkConfig metricNetwork() {
        return new NetworkConfig(
                backbone(-1),
                head(DptConfig.Kind.DEPTH_AND_SKY, 32, 1, false, false),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** @param start where attention over all views begins, or -1 for never */
    private static BackboneConfig backbone(int start) {
        boolean joined = start >= 0;
        List<Integer> levels = List.of(0, 1, 2, 3);
        return new BackboneConfig(
                56, 14, 32, 4, 2, false, 64, start, start, start, 100, joined, levels, 0.1, 1e-6, 1e-5, 1e-5, 3);
    }

    private static DptConfig head(DptConfig.Kind kind, int in, int out, boolean norm, boolean positions) {
        return new DptConfig(kind, in, 14, out, 16, CHANNELS, norm, positions, 0.1, 100, 1e-5, 4, 5);
    }
}
