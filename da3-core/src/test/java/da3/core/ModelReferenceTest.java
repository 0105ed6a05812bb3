package da3.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.nn.Preset;
import da3.weights.hub.HubId;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModelReferenceTest {

    @ParameterizedTest
    @EnumSource(Preset.class)
    void seededPresetsAreParsed(Preset preset) {
        assertThat(ModelReference.parse("seeded:" + preset.id())).isEqualTo(new ModelReference.Seeded(preset));
    }

    @Test
    void hubIdsAreParsedWithTheirRevision() {
        assertThat(ModelReference.parse("depth-anything/DA3-BASE@v1"))
                .isEqualTo(new ModelReference.OnHub(new HubId("depth-anything", "DA3-BASE", "v1")));
        assertThat(ModelReference.parse("depth-anything/DA3-LARGE-1.1")).hasToString("depth-anything/DA3-LARGE-1.1");
    }

    @Test
    void existingFilesAreParsedAsPaths(@TempDir Path folder) {
        assertThat(ModelReference.parse(folder.toString())).isEqualTo(new ModelReference.OnDisk(folder));
    }

    @ParameterizedTest
    @CsvSource({
        "/no/such/model, does not exist",
        "./model, does not exist",
        "~/model, does not exist",
        "a/b/c, does not exist",
        "model.safetensors, does not exist",
        "da3-base, must be the path of a file or folder",
        "seeded:da3-huge, got 'da3-huge'",
        "'', must be the path of a file or folder",
        "../x/y, does not exist"
    })
    void invalidReferencesAreRejectedWithTheirText(String text, String message) {
        assertThatThrownBy(() -> ModelReference.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
