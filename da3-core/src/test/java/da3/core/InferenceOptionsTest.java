package da3.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.nn.ModelConfig;
import da3.nn.Output;
import da3.nn.Preset;
import da3.nn.ReferenceViewStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InferenceOptionsTest {

    private static final ModelConfig SMALL = Preset.DA3_SMALL.config();

    @Test
    void theBuilderSetsEveryOption() {
        InferenceOptions built = InferenceOptions.builder()
                .resolution(70)
                .resizeMethod(ResizeMethod.LOWER_BOUND_CROP)
                .outputs(Set.of(Output.RAYS))
                .posesFromRays(true)
                .referenceView(ReferenceViewStrategy.FIRST)
                .featureLayers(List.of(5))
                .alignDepth(false)
                .posesInMeters(true)
                .independent(true)
                .nativeSize(true)
                .weightsHash(false)
                .seed(7)
                .build();
        assertThat(built)
                .isEqualTo(new InferenceOptions(
                        OptionalInt.of(70),
                        ResizeMethod.LOWER_BOUND_CROP,
                        Set.of(Output.RAYS),
                        true,
                        ReferenceViewStrategy.FIRST,
                        List.of(5),
                        false,
                        true,
                        true,
                        true,
                        false,
                        7));
        assertThat(built.toBuilder().build()).isEqualTo(built);
    }

    @Test
    void defaultsMatchTheReference() {
        assertThat(InferenceOptions.builder().build()).isEqualTo(InferenceOptions.defaults());
        assertThat(InferenceOptions.defaults().resolution()).isEmpty();
        assertThat(InferenceOptions.defaults().seed()).isEqualTo(42);
    }

    @Test
    void valuesOutOfRangeAreRejected() {
        assertThatThrownBy(() -> InferenceOptions.builder().resolution(13).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("resolution must be at least 14, got 13");
        assertThatThrownBy(() ->
                        InferenceOptions.builder().featureLayers(List.of(3, -1)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("feature layer must be at least 0, got -1");
        assertThatThrownBy(() -> InferenceOptions.builder()
                        .independent(true)
                        .outputs(Set.of(Output.GAUSSIANS))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one request per image");
    }

    @Test
    void optionsCopyLists() {
        List<Integer> layers = new ArrayList<>(List.of(1));
        InferenceOptions options =
                InferenceOptions.builder().featureLayers(layers).build();
        layers.clear();
        assertThat(options.featureLayers()).containsExactly(1);
    }

    @Test
    void mapSizesFollowFromImageSizes() {
        InputProcessing.Size wide = new InputProcessing.Size(56, 42);
        InputProcessing.Size high = new InputProcessing.Size(42, 56);
        List<InputProcessing.Size> images = List.of(wide, high);
        InferenceOptions.Builder options = InferenceOptions.builder().resolution(56);
        assertThat(options.build().mapSizes(images, SMALL)).containsOnly(new InputProcessing.Size(42, 42));
        assertThat(options.independent(true).build().mapSizes(images, SMALL)).containsExactly(wide, high);
        assertThat(options.resolution(28).nativeSize(true).build().mapSizes(images, SMALL))
                .containsExactly(wide, high);
    }

    @Test
    void theDefaultResolutionIsThatOfTheModel() {
        ModelConfig tiny = Preset.DA3_TINY.config();
        assertThat(InferenceOptions.defaults().resolutionFor(SMALL)).isEqualTo(504);
        assertThat(InferenceOptions.defaults().resolutionFor(tiny)).isEqualTo(224);
        assertThat(InferenceOptions.builder().resolution(70).build().resolutionFor(tiny))
                .isEqualTo(70);
    }
}
