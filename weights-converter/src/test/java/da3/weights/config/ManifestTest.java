package da3.weights.config;

import static org.assertj.core.api.Assertions.assertThat;

import da3.nn.Preset;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ManifestTest {

    @ParameterizedTest
    @EnumSource(
            value = Preset.class,
            names = {"DA3_TINY", "DA3MONO_TINY"},
            mode = EnumSource.Mode.EXCLUDE) // not published
    void publishedTensorsAreRequiredOrUnused(Preset preset) throws IOException {
        Manifest manifest = Manifest.of(preset.config());
        assertThat(manifest.required())
                .doesNotContainKeys(manifest.unused().keySet().toArray(String[]::new));
        Map<String, String> found = text(manifest.required());
        found.putAll(text(manifest.unused()));
        Map<String, String> published = new TreeMap<>();
        PublishedManifests.shapes(preset).forEach((name, shape) -> published.put(name, Arrays.toString(shape)));
        assertThat(found).isEqualTo(published);
    }

    @ParameterizedTest
    @EnumSource(
            value = Preset.class,
            names = {"DA3_TINY", "DA3MONO_TINY"},
            mode = EnumSource.Mode.EXCLUDE) // not published
    void recognizesUnusedNames(Preset preset) {
        Manifest manifest = Manifest.of(preset.config());
        assertThat(manifest.unused().keySet()).allMatch(Manifest::isUnused);
        assertThat(manifest.required().keySet()).noneMatch(Manifest::isUnused);
    }

    @Test
    void theMaskTokenIsUnused() {
        assertThat(Manifest.isUnused("model.backbone.pretrained.mask_token")).isTrue();
    }

    private static Map<String, String> text(Map<String, int[]> shapes) {
        Map<String, String> text = new TreeMap<>();
        shapes.forEach((name, shape) -> text.put(name, Arrays.toString(shape)));
        return text;
    }
}
