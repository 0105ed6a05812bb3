package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import da3.geometry.Image;
import da3.io.GaussianPlyReader;
import da3.io.Images;
import da3.io.NpzCameras;
import da3.io.colmap.ColmapFiles;
import da3.io.colmap.ColmapModel;
import da3.server.tasks.SceneDescription;
import da3.server.tasks.SceneFolder;
import da3.video.VideoReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {

    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" class=\"data\">(.*?)</script>", Pattern.DOTALL);
    private static final Pattern SCRIPT = Pattern.compile("<script>.*?</script>", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void writesASelfContainedPage() throws IOException {
        CommandRun run = demo("--model=seeded:da3-small", "--views=2", "--size=42x56");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("untrained");
        assertThat(run.out().lines()).hasSize(15 + 2 * 18).last().asString().endsWith("index.html");
        for (String scene : List.of("indoor", "outdoor")) {
            for (String picture : List.of("photo", "depth-true", "depth-predicted")) {
                Image image = Images.read(folder.resolve("scenes/" + scene + "/0001-" + picture + ".png"));
                assertThat(image.width()).isEqualTo(56);
                assertThat(image.height()).isEqualTo(42);
            }
        }
        assertTruthIsReconstructed();
        String page = Files.readString(folder.resolve("index.html"));
        assertThat(page)
                .contains("<video src=\"data:video/mp4;base64,", "scenes/indoor/</code>: <code>mesh.glb")
                .contains("Untrained weights", "da3 model pull depth-anything/DA3-BASE", "seeded:da3-small")
                .doesNotContain("{{");
        assertThat(page).contains("default-src 'none'", "its predictions are noise", "Permission is hereby granted");
        assertThat(SCRIPT.matcher(page).replaceAll(""))
                .doesNotContainPattern("https?://|src=\"(?!data:)|href=\"(?!data:)|@import|url\\(");
        assertContainsTruthAndPrediction(page);
    }

    @Test
    void showsATrainedModelByDefault() throws IOException {
        CommandRun run = demo("--scene=indoor", "--views=1", "--size=56x84");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("da3-tiny was trained on synthetic scenes only");
        assertThat(Files.readString(folder.resolve("index.html")))
                .contains("Predicted by <code>da3-tiny</code>", "trained on", "for real photos use a published model")
                .doesNotContain("noise");
    }

    private void assertTruthIsReconstructed() throws IOException {
        Path scene = folder.resolve("scenes/indoor");
        assertThat(Images.read(scene.resolve("mesh.png")).width()).isEqualTo(56);
        assertThat(GaussianPlyReader.read(scene.resolve("splats.ply")).size()).isBetween(1500, 2 * 56 * 42);
        assertThat(NpzCameras.read(scene.resolve("exports/mini_npz/results.npz"))
                        .cameras())
                .hasSize(2);
        ColmapModel model = ColmapFiles.read(scene.resolve("colmap/sparse/0"));
        assertThat(model.images()).hasSize(2);
        assertThat(model.images().get(1).name()).isEqualTo("0001.png");
        assertThat(scene.resolve("colmap/images/0001.png")).exists();
        try (VideoReader flight = VideoReader.open(scene.resolve("flight.mp4"), 1000)) {
            assertThat(flight.next().width()).isEqualTo(56);
        }
        assertThat(scene.resolve("mesh.glb")).isNotEmptyFile();
        assertThat(scene.resolve("points.ply")).isNotEmptyFile();
        assertThat(Images.read(scene.resolve("scene.jpg")).height()).isEqualTo(42);
        assertIsInTheGallery(scene);
    }

    private static void assertIsInTheGallery(Path folder) throws IOException {
        SceneDescription scene = SceneFolder.read(folder.resolve(SceneFolder.DESCRIPTION));
        assertThat(scene.name()).isEqualTo("A room");
        assertThat(scene.metric()).isTrue();
        assertThat(scene.files().gaussians()).contains("splats.ply");
        assertThat(scene.paths()).hasSize(4 + 2 * 2).allSatisfy(path -> assertThat(folder.resolve(path))
                .isNotEmptyFile());
        assertThat(folder.resolve("viewer/0001.depth")).hasSize(4 * 56 * 42);
    }

    private static void assertContainsTruthAndPrediction(String page) throws IOException {
        Matcher data = DATA.matcher(page);
        for (int scene = 0; scene < 2; scene++) {
            assertThat(data.find()).isTrue();
            JsonNode node = new ObjectMapper().readTree(data.group(1));
            assertThat(node.get("predictsCameras").asBoolean()).isTrue();
            for (String kind : List.of("truth", "prediction")) {
                assertThat(node.get(kind)).hasSize(2).allSatisfy(view -> {
                    assertThat(bytes(view, "depth")).hasSize(2 * 56 * 42);
                    assertThat(view.get("extrinsics")).hasSize(12);
                    assertThat(view.get("intrinsics")).hasSize(4);
                });
            }
        }
        assertThat(data.find()).isFalse();
    }

    private static byte[] bytes(JsonNode node, String field) {
        return Base64.getDecoder().decode(node.get(field).asText());
    }

    @Test
    void keepsEarlierResultsUnlessOverwriteIsSet() throws IOException {
        Files.writeString(folder.resolve("index.html"), "of an earlier run");
        CommandRun refused = demo("--views=1", "--size=28x28", "--scene=indoor");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("index.html", "already contains results", "--overwrite");
        assertThat(folder.resolve("index.html")).hasContent("of an earlier run");
        CommandRun overwriting = demo("--views=1", "--size=28x28", "--scene=indoor", "--overwrite");
        assertThat(overwriting.exitCode()).as(overwriting.err()).isZero();
        assertThat(Files.readString(folder.resolve("index.html")))
                .contains("A room")
                .doesNotContain("A street");
    }

    @Test
    void rejectsInvalidOptions() {
        assertThat(demo("--size=57x42").err()).contains("'57x42'", "multiples of 14");
        assertThat(demo("--views=0").err()).contains("views must be from 1 to 16, got 0");
        assertThat(demo("--scene=lunar").exitCode()).isEqualTo(2);
    }

    private CommandRun demo(String... options) {
        List<String> arguments = new ArrayList<>(List.of("demo", "--threads=1", "--export-dir=" + folder));
        arguments.addAll(List.of(options));
        return CommandRun.of(arguments);
    }
}
