package da3.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PresetTest {

    @Test
    void idsAreThePublishedNames() {
        assertThat(Arrays.stream(Preset.values()).map(Preset::id))
                .containsExactly(
                        "da3-small",
                        "da3-base",
                        "da3-large",
                        "da3-giant",
                        "da3mono-large",
                        "da3metric-large",
                        "da3nested-giant-large",
                        "da3-tiny",
                        "da3mono-tiny");
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void isFoundById(Preset preset) {
        assertThat(Preset.of(preset.id())).isSameAs(preset);
    }

    @ParameterizedTest
    @CsvSource({"da3-huge", "DA3-SMALL", "da3_small", "''"})
    void anUnknownIdListsTheKnownOnes(String id) {
        assertThatThrownBy(() -> Preset.of(id))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'" + id + "'", "da3-small", "da3mono-large", "da3nested-giant-large");
    }

    /**
     * Counted in the state dictionaries of the reference models, without the position embedding, which stays on the
     * host, and the unused coarser levels of the ray branch.
     */
    @ParameterizedTest
    @CsvSource({
        "da3-small, 394, 33467794",
        "da3-base, 394, 133151090",
        "da3-large, 594, 405001138",
        "da3-giant, 928, 1349032056",
        "da3mono-large, 405, 332768514",
        "da3metric-large, 405, 332768514",
        "da3nested-giant-large, 1333, 1681800570",
    })
    void declaresThePublishedParameters(String id, int tensors, long parameters) {
        Map<String, int[]> declared = DeclaredParameters.of(Preset.of(id).config());
        assertThat(declared).hasSize(tensors);
        assertThat(declared.values().stream().mapToLong(PresetTest::product).sum())
                .isEqualTo(parameters);
    }

    @Test
    void aNestedModelConsistsOfTwoOtherModels() {
        Map<String, int[]> nested = DeclaredParameters.of(Preset.DA3NESTED_GIANT_LARGE.config());
        Set<String> expected = new HashSet<>();
        for (String name : DeclaredParameters.of(Preset.DA3_GIANT.config()).keySet()) {
            expected.add(name.replaceFirst("model", "model.da3"));
        }
        for (String name :
                DeclaredParameters.of(Preset.DA3METRIC_LARGE.config()).keySet()) {
            expected.add(name.replaceFirst("model", "model.da3_metric"));
        }
        assertThat(nested).containsOnlyKeys(expected);
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void aGaussianHeadHasTheChannelsOfItsAdapterAndADensity(Preset preset) {
        preset.config().main().gaussians().ifPresent(gaussians -> {
            int read = gaussians.adapter().channels() + 1;
            assertThat(gaussians.head().outputDim()).isEqualTo(read);
        });
    }

    private static long product(int[] shape) {
        return Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
    }
}
