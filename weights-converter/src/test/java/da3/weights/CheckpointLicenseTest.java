package da3.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointLicenseTest {

    @TempDir
    Path folder;

    @BeforeEach
    void writeCard() throws IOException {
        Files.writeString(
                folder.resolve("README.md"), "---\ntags:\n- depth\nlicense: cc-by-nc-4.0\n---\nlicense: other\n");
    }

    @Test
    void theModelCardIsReadIfTheConfigurationStatesNone() throws IOException {
        assertThat(CheckpointLicense.of(folder)).contains("cc-by-nc-4.0");
        Files.writeString(folder.resolve("config.json"), "{\"model_name\": \"da3-base\"}");
        assertThat(CheckpointLicense.of(folder)).contains("cc-by-nc-4.0");
        Files.writeString(folder.resolve("config.json"), "{\"license\": \"Apache-2.0\"}");
        assertThat(CheckpointLicense.of(folder)).contains("Apache-2.0");
    }

    @Test
    void textOutsideTheFrontMatterIsNoLicense() throws IOException {
        Files.writeString(folder.resolve("README.md"), "# Model\nlicense: other\n---\n");
        assertThat(CheckpointLicense.of(folder)).isEmpty();
        Files.delete(folder.resolve("README.md"));
        assertThat(CheckpointLicense.of(folder)).isEmpty();
    }
}
