package da3.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import da3.geometry.Camera;
import da3.geometry.Scene;
import da3.io.ExportDirectory;
import da3.server.tasks.SceneFiles;
import da3.server.tasks.SceneFolder;
import da3.synthetic.CameraRig;
import da3.synthetic.SampleScenes;
import da3.synthetic.SyntheticRenderer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a gallery serves the files that the description of a scene names, and no others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GallerySceneTest {

    private static final String SECRET = "not for everybody";

    private static final String FEW_NUMBERS =
            "{\"name\": \"x\", \"metric\": true, \"views\": [{\"index\": 0, \"name\": \"a\","
                    + " \"width\": 1, \"height\": 1, \"photo\": \"a.jpg\", \"depth\": \"a.depth\", \"intrinsics\": [1, 1, 0]}]}";

    private Path root;
    private Path hostile;
    private Scene truth;
    private ServiceFixture service;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        root = folder.resolve("gallery");
        List<Camera> cameras = SampleScenes.indoorArc().withCount(2).cameras(CameraRig.lens(28, 14, 1));
        truth = SyntheticRenderer.render(SampleScenes.indoor(1), cameras, 28, 14);
        Path room = withCover(root.resolve("places/room"));
        Files.writeString(room.resolve("mesh.glb"), "a surface");
        Files.writeString(room.resolve("notes.ply"), SECRET);
        SceneFolder.write(
                ExportDirectory.open(room),
                "A \"room\"",
                truth,
                List.of("a.png", "b.png"),
                SceneFiles.none().withGlb("scene.glb").withMesh("mesh.glb"));
        hostile = withCover(root.resolve("places/strange"));
        Files.writeString(folder.resolve("secret.ply"), SECRET);
        Files.writeString(hostile.resolve("secret.txt"), SECRET);
        Files.writeString(hostile.resolve(".secret.ply"), SECRET);
        Files.createSymbolicLink(hostile.resolve("leak.ply"), folder.resolve("secret.ply"));
        Files.createSymbolicLink(hostile.resolve("up"), folder);
        Files.createSymbolicLink(hostile.resolve("sibling.ply"), room.resolve("notes.ply"));
        service = ServiceFixture.start(
                folder.resolve("workspace"), ServerSettings.defaults().withGalleryDirectory(root));
    }

    private static Path withCover(Path scene) throws IOException {
        Files.createDirectories(scene);
        Files.writeString(scene.resolve("scene.glb"), "points");
        Files.writeString(scene.resolve("scene.jpg"), "cover");
        return scene;
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private RawHttp.Reply get(String path) throws IOException {
        return RawHttp.send(service.port(), "GET " + path);
    }

    @Test
    void servesTheFilesThatADescriptionNames() throws Exception {
        JsonNode entry =
                service.get("/gallery/manifest/places.json").path("scenes").get(0);
        assertThat(entry.path("name").asText()).isEqualTo("A \"room\"");
        assertThat(entry.path("num_images").asInt()).isEqualTo(2);
        assertThat(entry.path("task_id").isNull()).isTrue();

        JsonNode scene = service.get(entry.path("scene").asText());

        assertThat(scene.path("metric").asBoolean()).isTrue();
        assertThat(scene.has("task_id") && scene.path("task_id").isNull()).isTrue();
        assertThat(scene.path("gaussians").isNull()).isTrue();
        String base = "/gallery/places/room/";
        assertThat(get(base + scene.path("mesh").asText()).body()).asString().isEqualTo("a surface");
        JsonNode view = scene.path("views").get(1);
        assertThat(view.path("name").asText()).isEqualTo("b.png");
        assertThat(view.path("extrinsics")).hasSize(12);
        float[] depth = new float[28 * 14];
        ByteBuffer.wrap(get(base + view.path("depth").asText()).body())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(depth);
        assertThat(depth).containsExactly(truth.view(1).depth().values());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"notes.ply", "viewer", "viewer/0002.depth", "viewer/../notes.ply", "%2e%2e/strange/scene.glb"})
    void filesThatTheDescriptionDoesNotNameAreNotFound(String file) throws Exception {
        assertThat(get("/gallery/places/room/" + file).status()).isIn(400, 404);
    }

    /** The folder is listed as if it had no description. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../secret.ply",
                "/etc/passwd.ply",
                "up/secret.ply",
                "leak.ply",
                "secret.txt",
                ".secret.ply",
                "sibling.ply",
                "scene.json",
                "..",
                "",
                "a//b.ply",
                "..\\\\secret.ply",
                "C:secret.ply",
                "leak.ply\\u0000.ply"
            })
    void descriptionsWithForbiddenPathsAreIgnored(String named) throws Exception {
        Files.writeString(
                hostile.resolve("scene.json"),
                "{\"name\": \"x\", \"metric\": true, \"views\": [], \"gaussians\": \"" + named + "\"}");

        assertThat(service.get("/gallery/manifest/places.json").path("scenes")).hasSize(2);
        for (String address :
                List.of(named.replace("\\", "%5c"), named.replace("/", "%2f"), "leak.ply", "up/secret.ply")) {
            RawHttp.Reply reply = get("/gallery/places/strange/" + address.replace("\\", "%5c"));
            assertThat(reply.text()).as(address).doesNotContain(SECRET);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "7",
                "{\"name\": 7, \"metric\": true, \"views\": []}",
                "{\"views\": [{}]}",
                FEW_NUMBERS,
                "\u0000"
            })
    void malformedDescriptionsAreIgnored(String json) throws Exception {
        Files.writeString(hostile.resolve("scene.json"), json);

        JsonNode entry =
                service.get("/gallery/manifest/places.json").path("scenes").get(1);

        assertThat(entry.path("scene").isNull()).isTrue();
        assertThat(entry.path("name").asText()).isEqualTo("strange");
        assertThat(get("/gallery/places/strange/scene.json").status()).isEqualTo(404);
        assertThat(get("/gallery/places/strange/scene.glb").status()).isEqualTo(200);
    }

    @Test
    void rejectsAMissingImageName(@TempDir Path folder) throws IOException {
        ExportDirectory directory = ExportDirectory.open(folder);
        assertThatThrownBy(() -> SceneFolder.write(directory, "x", truth, List.of("a"), SceneFiles.none()))
                .hasMessageContaining("number of image names must be 2, one per view, got 1");
    }
}
