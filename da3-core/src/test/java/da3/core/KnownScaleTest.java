package da3.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.DepthSample;
import da3.geometry.Intrinsics;
import da3.geometry.KnownDistance;
import da3.geometry.View;
import da3.geometry.math.Vec3;
import da3.nn.ModelConfig;
import da3.nn.Output;
import da3.weights.SeededWeights;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KnownScaleTest {

    /** In the given image of 112x84, which is processed at half its size. */
    private static final KnownDistance KNOWN = new KnownDistance(1, 21, 13, 91, 61, 1.48);

    private static final Request REQUEST =
            Request.of(RandomImages.of(2, 112, 84, 9)).withOptions(o -> o.resolution(56));

    private DepthAnything3 anyView;
    private DepthAnything3 metric;

    @BeforeAll
    void load() {
        anyView = load(TinyModels.anyView());
        metric = load(TinyModels.metric());
    }

    @AfterAll
    void close() {
        anyView.close();
        metric.close();
    }

    @Test
    void thePointsAreTheGivenDistanceApart() {
        Prediction prediction = anyView.predict(REQUEST.withKnownDistance(KNOWN));
        assertThat(prediction.scene().metric()).isTrue();
        View view = prediction.scene().view(1);
        Vec3 from = point(view, 10, 6); // centers of map pixels: (10.5, 6.5)
        Vec3 to = point(view, 45, 30);
        assertThat(to.minus(from).norm()).isCloseTo(1.48, within(1e-5));
    }

    @Test
    void everythingIsScaledAlike() {
        Request request = REQUEST.withOptions(o -> o.outputs(Set.of(Output.GAUSSIANS)));
        Prediction arbitrary = anyView.predict(request);
        Prediction meters = anyView.predict(request.withKnownDistance(KNOWN));
        double scale = meters.scale() / arbitrary.scale();
        assertThat(camera(meters).pose().translation().norm())
                .isCloseTo(scale * camera(arbitrary).pose().translation().norm(), within(1e-9));
        assertThat((double) meters.scene().gaussians().orElseThrow().scales()[100])
                .isCloseTo(scale * arbitrary.scene().gaussians().orElseThrow().scales()[100], within(1e-6));
        assertThat(camera(meters).intrinsics()).isEqualTo(camera(arbitrary).intrinsics());
    }

    @Test
    void modelsWithoutCamerasNeedIntrinsics() {
        Request request = REQUEST.withKnownDistance(KNOWN);
        assertThatThrownBy(() -> metric.predict(request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a known distance needs intrinsics");
        Intrinsics k = new Intrinsics(120, 120, 56, 42);
        assertThat(metric.predict(request.withIntrinsics(List.of(k, k))).scene().metric())
                .isTrue();
    }

    @Test
    void twoSourcesOfTheScaleAreRejected() {
        Request request = REQUEST.withKnownDistance(KNOWN);
        assertThatThrownBy(() ->
                        anyView.predict(request.withSparseDepth(List.of(List.of(new DepthSample(1, 1, 2)), List.of()))))
                .hasMessageContaining("a known distance and depth samples both set the unit of length");
        assertThatThrownBy(() -> anyView.predict(request.withOptions(o -> o.independent(true))))
                .hasMessageContaining("the images are independent");
        Camera camera = camera(anyView.predict(REQUEST));
        assertThatThrownBy(() -> anyView.predict(request.withPoses(List.of(camera.pose(), camera.pose()))))
                .hasMessageContaining("a known distance and given poses both set the unit of length");
    }

    @Test
    void invalidDistancesAreRejected() {
        assertThatThrownBy(() -> REQUEST.withKnownDistance(new KnownDistance(2, 1, 1, 2, 2, 1)))
                .hasMessage("view of the known distance must be from 0 to 1, got 2");
        assertThatThrownBy(() -> REQUEST.withKnownDistance(new KnownDistance(0, 1, 1, 113, 2, 1)))
                .hasMessage("point of the known distance must be inside the image, from (0, 0) to (112, 84),"
                        + " got (113.0, 2.0)");
        assertThatThrownBy(() -> new KnownDistance(0, 1, 1, 1, 1, 1)).hasMessageContaining("must be different");
        assertThatThrownBy(() -> new KnownDistance(0, 1, 1, 1, 2, 0)).hasMessageContaining("positive and finite");
    }

    private static Vec3 point(View view, int column, int row) {
        return view.camera()
                .orElseThrow()
                .intrinsics()
                .unproject(column + 0.5, row + 0.5, view.depth().at(column, row));
    }

    private static Camera camera(Prediction prediction) {
        return prediction.scene().view(1).camera().orElseThrow();
    }

    private static DepthAnything3 load(ModelConfig config) {
        return DepthAnything3.load(
                new ModelSource(new SeededWeights(), config, Optional.empty(), Optional.empty()),
                EngineOptions.defaults().withThreads(1));
    }
}
