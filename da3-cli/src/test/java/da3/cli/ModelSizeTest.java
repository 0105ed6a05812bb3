package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import da3.core.EngineOptions;
import da3.geometry.Image;
import da3.geometry.Scene;
import da3.io.Images;
import da3.io.PngWriter;
import da3.io.SceneNpz;
import da3.server.http.ServerSettings;
import da3.server.tasks.ModelHolder;
import da3.server.tasks.TaskSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests that the processing size of the model is the default everywhere. */
@Timeout(120)
class ModelSizeTest {

    private static final String TINY = "seeded:da3-tiny"; // with a processing size of 224

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeImage() throws IOException {
        file = folder.resolve("image.png");
        byte[] rgb = new byte[3 * 400 * 300];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i * 31 % 251);
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            PngWriter.write(new Image(400, 300, rgb), out);
        }
    }

    @Test
    void theCommandUsesTheProcessingSizeOfTheModel() throws IOException {
        assertThat(size("--json")).containsExactly(224, 168);
        assertThat(size("--json", "--process-res=56")).containsExactly(56, 42);
    }

    private List<Integer> size(String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "image",
                file.toString(),
                "--model=" + TINY,
                "--threads=1",
                "--overwrite",
                "--export-format=mini_npz",
                "--export-dir=" + folder.resolve("out")));
        words.addAll(List.of(options));
        CommandRun run = CommandRun.of(words);
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode json = new ObjectMapper().readTree(run.out());
        JsonNode view = json.path("views").get(0);
        assertThat(json.path("provenance").path("resolution").asInt())
                .isEqualTo(view.path("width").asInt());
        return List.of(view.path("width").asInt(), view.path("height").asInt());
    }

    @Test
    void theServiceUsesTheProcessingSizeOfItsModel() throws IOException {
        ServerSettings settings = ServerSettings.defaults().withAddress("127.0.0.1", 0);
        try (Backend backend = Backend.start(
                settings,
                TaskSettings.of(folder.resolve("workspace")),
                ModelHolder.of(TINY, EngineOptions.defaults().withThreads(1)))) {
            assertThat(sizeInService(backend)).containsExactly(224, 168);
            assertThat(sizeInService(backend, "--process-res=56")).containsExactly(56, 42);
        }
    }

    private List<Integer> sizeInService(Backend backend, String... options) throws IOException {
        Path out = folder.resolve("remote");
        List<String> words = new ArrayList<>(List.of(
                "image",
                file.toString(),
                "--use-backend",
                "--backend-url=" + backend.address(),
                "--overwrite",
                "--export-format=mini_npz",
                "--export-dir=" + out));
        words.addAll(List.of(options));
        CommandRun run = CommandRun.of(words);
        assertThat(run.exitCode()).as(run.err()).isZero();
        Scene scene = SceneNpz.read(out.resolve("exports/mini_npz/results.npz"));
        return List.of(scene.view(0).depth().width(), scene.view(0).depth().height());
    }

    @Test
    void theDemoPredictsAtTheModelsSizeAndShowsLargerImages() throws IOException {
        Path demo = folder.resolve("demo");
        CommandRun run = CommandRun.of(
                "demo", "--model=" + TINY, "--threads=1", "--views=1", "--scene=indoor", "--export-dir=" + demo);
        assertThat(run.exitCode()).as(run.err()).isZero();
        Image image = Images.read(demo.resolve("scenes/indoor/0000-photo.png"));
        assertThat(List.of(image.width(), image.height())).containsExactly(336, 252);
        Image depth = Images.read(demo.resolve("scenes/indoor/0000-depth-predicted.png"));
        assertThat(List.of(depth.width(), depth.height())).containsExactly(336, 252);
    }
}
