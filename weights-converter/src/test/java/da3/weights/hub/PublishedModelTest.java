package da3.weights.hub;

import static org.assertj.core.api.Assertions.assertThat;

import da3.nn.Preset;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PublishedModelTest {

    @ParameterizedTest
    @EnumSource(PublishedModel.class)
    void theIdNamesThePreset(PublishedModel model) {
        String name = model.id().name().toLowerCase(Locale.ROOT);
        assertThat(name.replaceFirst("-1\\.1$", "")).isEqualTo(model.preset().id());
        assertThat(PublishedModel.of(model.id().withRevision("v1"))).contains(model);
    }

    @ParameterizedTest
    @EnumSource(
            value = Preset.class,
            names = {"DA3_TINY", "DA3MONO_TINY"},
            mode = EnumSource.Mode.EXCLUDE) // not published
    void publishedModelsCoverAllPresets(Preset preset) {
        assertThat(PublishedModel.values()).extracting(PublishedModel::preset).contains(preset);
    }

    @Test
    void largeAnyViewModelsAreNonCommercial() {
        assertThat(PublishedModel.values())
                .filteredOn(PublishedModel::nonCommercial)
                .extracting(PublishedModel::preset)
                .containsOnly(Preset.DA3_LARGE, Preset.DA3_GIANT, Preset.DA3NESTED_GIANT_LARGE)
                .hasSize(6);
        assertThat(PublishedModel.DA3_BASE.license().spdx()).isEqualTo("Apache-2.0");
    }

    @Test
    void sizesAreThoseOfFloats() {
        assertThat(PublishedModel.DA3_SMALL.approximateBytes()).isEqualTo(137_197_852L);
        assertThat(PublishedModel.DA3NESTED_GIANT_LARGE.approximateBytes()).isEqualTo(6_759_382_076L);
    }

    @Test
    void otherModelsAreUnknown() {
        assertThat(PublishedModel.of(HubId.parse("somebody/DA3-BASE"))).isEmpty();
    }
}
