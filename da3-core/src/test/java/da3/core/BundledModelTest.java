package da3.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.nn.Preset;
import da3.nn.Progress;
import da3.weights.Conversion;
import da3.weights.ConversionOptions;
import da3.weights.SeededWeights;
import da3.weights.safetensors.DType;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A model on the class path is loaded by its name. */
class BundledModelTest {

    private static final String NAME = "da3-tiny-test";
    private static Path folder;

    @BeforeAll
    static void write() throws IOException, URISyntaxException {
        Path classes = Path.of(BundledModelTest.class.getResource("/").toURI());
        folder = classes.resolve("da3/models/" + NAME);
        Conversion.write(
                new SeededWeights(),
                Preset.DA3_TINY.config(),
                Optional.of(Preset.DA3_TINY),
                folder,
                ConversionOptions.defaults().withPrecision(DType.BF16).withOverwrite(true),
                Progress.SILENT);
    }

    @AfterAll
    static void delete() throws IOException {
        for (String file : new String[] {"config.json", "model.safetensors"}) {
            Files.deleteIfExists(folder.resolve(file));
        }
        Files.deleteIfExists(folder);
    }

    @Test
    void itPredictsWhatItsFilesPredict() throws IOException {
        Request request = Request.of(RandomImages.of(2, 42, 28, 1)).withOptions(o -> o.resolution(42));
        assertThat(ModelReference.parse(NAME)).isEqualTo(new ModelReference.Bundled(NAME));
        assertThat(ModelReference.parse(folder.toString())).isEqualTo(new ModelReference.OnDisk(folder));
        try (DepthAnything3 bundled = DepthAnything3.load(NAME);
                DepthAnything3 onDisk = DepthAnything3.load(folder.toString())) {
            Prediction found = bundled.predict(request);
            Prediction expected = onDisk.predict(request);
            assertThat(found.scene().view(1).depth().values())
                    .containsExactly(expected.scene().view(1).depth().values());
            assertThat(found.provenance().preset()).contains("da3-tiny");
            assertThat(found.provenance().weightsHash())
                    .isEqualTo(expected.provenance().weightsHash());
        }
    }

    @Test
    void otherNamesAreNotOnTheClassPath() {
        assertThatThrownBy(() -> ModelReference.parse("da3-huge"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the name of a model on the class path");
    }
}
