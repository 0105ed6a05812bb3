package da3.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.View;
import da3.geometry.math.Vec3;
import da3.nn.ModelConfig;
import da3.nn.Preset;
import da3.weights.SeededWeights;
import da3.weights.hub.PublishedModel;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NestedSourceTest {

    private static final EngineOptions OPTIONS = EngineOptions.defaults().withThreads(1);

    @Test
    void anAnyViewAndAMetricModelPredictMeters() {
        Request request = Request.of(RandomImages.of(2, 56, 42, 9)).withOptions(o -> o.resolution(56));
        ModelSource nested = ModelSource.nested(seeded(TinyModels.anyView()), seeded(TinyModels.metric()));
        assertThat(nested.config()).isEqualTo(TinyModels.nested());
        Prediction arbitrary;
        try (DepthAnything3 alone = DepthAnything3.load(seeded(TinyModels.anyView()), OPTIONS)) {
            arbitrary = alone.predict(request);
        }
        try (DepthAnything3 model = DepthAnything3.load(nested, OPTIONS)) {
            Prediction metric = model.predict(request);
            assertThat(arbitrary.scene().metric()).isFalse();
            assertThat(metric.scene().metric()).isTrue();
            View view = metric.scene().view(1);
            Vec3 translation =
                    arbitrary.scene().view(1).camera().orElseThrow().pose().translation();
            double expected = metric.scale() * translation.norm();
            assertThat(view.camera().orElseThrow().pose().translation().norm())
                    .isCloseTo(expected, within(1e-12 * expected));
        }
    }

    @Test
    void licensesAndNoticesAreThoseOfBothModels() throws IOException {
        ModelSource large = new ModelSource(
                new SeededWeights(),
                Preset.DA3_LARGE.config(),
                Optional.of(Preset.DA3_LARGE),
                Optional.of(PublishedModel.DA3_LARGE_1_1));
        ModelSource metric = new ModelSource(
                new SeededWeights(),
                Preset.DA3METRIC_LARGE.config(),
                Optional.of(Preset.DA3METRIC_LARGE),
                Optional.of(PublishedModel.DA3METRIC_LARGE));
        try (ModelSource both = ModelSource.nested(large, metric)) {
            assertThat(both.license()).contains("Apache-2.0 AND CC-BY-NC-4.0");
            assertThat(both.licenseNotice().orElseThrow()).contains("DA3-LARGE-1.1", "not for commercial use");
            assertThat(both.notices()).hasSize(2).doesNotHaveDuplicates();
            assertThat(both.weights().description()).contains(" with metric model ");
        }
    }

    @Test
    void otherModelsAreRejected() {
        assertThatThrownBy(() -> ModelSource.nested(seeded(TinyModels.metric()), seeded(TinyModels.metric())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("an any-view model that is not metric yet, got");
        assertThatThrownBy(() -> ModelSource.nested(seeded(TinyModels.anyView()), seeded(TinyModels.anyView())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("metric model must be a model of depth in meters such as DA3METRIC-LARGE, got");
    }

    private static ModelSource seeded(ModelConfig config) {
        return new ModelSource(new SeededWeights(), config, Optional.empty(), Optional.empty());
    }
}
