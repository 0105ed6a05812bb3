package da3.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.core.ResizeMethod;
import da3.export.ExportFormat;
import da3.server.http.SampleImages;
import da3.server.http.ServerSettings;
import da3.server.http.ServiceFixture;
import da3.server.wire.TaskOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tests the client with a real service. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackendClientTest {

    private static final String TOKEN = "a-token-of-the-tests";
    private static final BackendOptions OPTIONS = BackendOptions.of(TaskOptions.defaults()
            .withJob(job -> job.formats(ExportFormat.GLB, ExportFormat.MINI_NPZ).inference(o -> o.resolution(56)
                    .resizeMethod(ResizeMethod.UPPER_BOUND_CROP)
                    .seed(5))));

    private Path photos;
    private ServiceFixture service;
    private BackendClient client;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        photos = Files.createDirectories(folder.resolve("photos"));
        Files.write(photos.resolve("a \"b\".png"), SampleImages.png(1));
        Files.write(photos.resolve("c.png"), SampleImages.png(2));
        service = ServiceFixture.start(
                folder.resolve("workspace"),
                ServerSettings.defaults()
                        .withToken(TOKEN)
                        .withAllowedRoots(List.of(photos))
                        .withMaxBodyBytes(100_000));
        client = client(Optional.of(TOKEN));
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private BackendClient client(Optional<String> token) {
        return new BackendClient(URI.create("http://localhost:" + service.port()), token);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(photos)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void uploadsAndDownloadsResults(@TempDir Path target) throws Exception {
        List<BackendTask> seen = new ArrayList<>();

        UUID id = client.upload(files(), OPTIONS.withName("two"));
        BackendTask task = client.follow(id, seen::add);
        List<Path> results = client.download(id, target, false, path -> !path.startsWith("viewer/"));

        assertThat(task.completed()).as(task.toString()).isTrue();
        assertThat(task.name()).isEqualTo("two");
        assertThat(task.views()).isEqualTo(2);
        assertThat(seen).isNotEmpty().last().isEqualTo(task);
        assertThat(results).contains(target.resolve("scene.glb"), target.resolve("exports/mini_npz/results.npz"));
        assertThat(results).allSatisfy(file -> assertThat(file).isNotEmptyFile());
        assertThat(target.toFile().list()).doesNotContain("viewer").noneMatch(name -> name.startsWith("."));
        assertThatThrownBy(() -> client.download(id, target, false)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(client.download(id, target, true)).hasSizeGreaterThan(results.size());
        client.delete(id);
        assertThatThrownBy(() -> client.task(id)).hasMessageContaining("no such task");
    }

    @Test
    void omitsTheDefaultResolution() {
        assertThat(OPTIONS.json().path("process_res").asInt()).isEqualTo(56);
        assertThat(BackendOptions.of(TaskOptions.defaults()).json().has("process_res"))
                .isFalse();
    }

    @Test
    void submitsPathsWithoutUpload() throws Exception {
        UUID id = client.submitPaths(files(), Optional.of(photos.resolve("out")), OPTIONS);
        BackendTask task = client.follow(id, state -> {});

        assertThat(task.completed()).as(task.toString()).isTrue();
        assertThat(photos.resolve("out/scene.glb")).isNotEmptyFile();
        assertThat(task.exportDirectory()).contains(photos.resolve("out").toString());
        assertThatThrownBy(() -> client.cancel(id))
                .isInstanceOfSatisfying(
                        BackendException.class, e -> assertThat(e.status()).isEqualTo(409));
    }

    @Test
    void errorsHaveTheMessageOfTheService() throws Exception {
        assertThat(client.status().model()).isEqualTo("seeded:da3-small");
        assertThatThrownBy(() -> client(Optional.of("wrong")).status())
                .isInstanceOfSatisfying(
                        BackendException.class, e -> assertThat(e.status()).isEqualTo(401))
                .hasMessageStartingWith("the token is missing or wrong: ");
        assertThatThrownBy(() -> client.submitPaths(List.of(Path.of("/etc/passwd")), Optional.empty(), OPTIONS))
                .hasMessageStartingWith("image_paths must be below an allowed directory, got /etc/passwd");
        assertThatThrownBy(() -> client.upload(
                        files(), BackendOptions.of(OPTIONS.options().withJob(job -> job.formats(ExportFormat.GS_PLY)))))
                .hasMessageContaining("gs_ply needs Gaussians");
        assertThatThrownBy(() -> client.follow(UUID.randomUUID(), state -> {})).hasMessageContaining("no such task");
    }

    @Test
    void checksLimitsBeforeUploading(@TempDir Path folder) throws Exception {
        Path large = Files.write(folder.resolve("large.png"), new byte[100_001]);

        assertThatThrownBy(() -> client.upload(List.of(large), OPTIONS))
                .hasMessage("size of the files must be at most 100000 bytes, got 100001 bytes");
    }

    @Test
    void reportsAMissingService() {
        assertThatThrownBy(() -> new BackendClient(URI.create("http://localhost:1"), Optional.empty()).status())
                .isInstanceOf(IOException.class)
                .hasMessage("no service is running at http://localhost:1/: start one with da3 backend");
        assertThatThrownBy(() -> new BackendClient(URI.create("file:///tmp"), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be http://HOST:PORT");
    }
}
