package da3.server.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.export.ExportFormat;
import da3.server.tasks.SceneDescription.SceneView;
import da3.server.wire.TaskOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests the results of completed tasks, their export and their retention. */
@Timeout(180)
class TaskResultsTest {

    @TempDir
    private Path folder;

    private final SetClock clock = new SetClock();
    private TaskSettings settings;
    private TaskService service;

    @BeforeEach
    void open() throws IOException {
        settings = TaskSettings.of(folder.resolve("workspace"));
        service = TaskService.open(settings, TaskFixtures.holding(new FakeModel()), clock);
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void sceneHasImagesMapsAndCameras() throws Exception {
        TaskOptions options = TaskFixtures.GLB.withJob(job -> job.formats(ExportFormat.GLB, ExportFormat.MESH_GLB));
        Task task = TaskFixtures.ended(
                service, service.submit(TaskFixtures.photos(service, 2), options, "a wall", Optional.empty()));
        SceneDescription scene = service.results().scene(task.id());
        assertThat(scene.name()).isEqualTo("a wall");
        assertThat(scene.files().glb()).contains("scene.glb");
        assertThat(scene.files().mesh()).contains("mesh.glb");
        assertThat(scene.files().gaussians()).isEmpty();
        assertThat(scene.files().video()).isEmpty();
        assertThat(scene.views()).extracting(SceneView::name).containsExactly("photo0.png", "photo1.png");
        SceneView view = scene.views().get(1);
        assertThat(view.extrinsics().orElseThrow())
                .containsExactly(1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0);
        assertThat(view.intrinsics().orElseThrow()).containsExactly(10.0, 11.0, 7.0, 6.0);
        assertThat(floats(task, view.depth())).hasSize(14 * 14).containsOnly(1);
        float[] confidence = floats(task, view.confidence().orElseThrow());
        assertThat(confidence[0]).isEqualTo(1);
        assertThat(confidence[14]).isEqualTo(15);
        assertThat(ImageIO.read(service.results().file(task.id(), view.photo()).toFile())
                        .getWidth())
                .isEqualTo(view.width())
                .isEqualTo(14);
        assertThat(service.results().files(task.id()))
                .extracting(file -> task.directory().relativize(file).toString())
                .containsExactly(
                        "mesh.glb",
                        "scene.glb",
                        "scene.jpg",
                        "viewer/0000.confidence",
                        "viewer/0000.depth",
                        "viewer/0000.jpg",
                        "viewer/0001.confidence",
                        "viewer/0001.depth",
                        "viewer/0001.jpg");
    }

    @Test
    void framesOfAVideoAreNumbered() throws Exception {
        Path video = SampleVideos.black(folder.resolve("a.mp4"), 6, 3);
        Task task = service.submit(new TaskInput.Video(video, 3), TaskFixtures.GLB, "", Optional.empty());
        assertThat(task.name()).isEqualTo("a.mp4");
        assertThat(TaskFixtures.ended(service, task).views()).isEqualTo(6);
        assertThat(service.results().scene(task.id()).views().get(5).name()).isEqualTo("frame_000005.png");
        assertThat(video).exists();
    }

    @Test
    void rejectsPathsOutsideTheResults() throws Exception {
        Task task = completed();
        UUID id = task.id();
        assertThat(service.results().file(id, "viewer/0000.jpg")).isNotEmptyFile();
        for (String path : List.of(
                "../task.json",
                "viewer/../../task.json",
                "viewer/../scene.glb",
                "..",
                ".",
                "",
                "/etc/passwd",
                task.directory().resolve("scene.glb").toString(),
                "viewer//0000.jpg",
                "./scene.glb",
                "viewer/",
                "..\\task.json",
                "scene.glb\u0000.png")) {
            assertThatThrownBy(() -> service.results().file(id, path))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("path must be names below the results");
        }
        for (String path : List.of("%2e%2e/task.json", "viewer", "none.glb", "scene.glb/x")) {
            assertThatThrownBy(() -> service.results().file(id, path)).isInstanceOf(NoSuchFileException.class);
        }
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(task.directory().resolve("link.glb"), secret);
        Files.createSymbolicLink(task.directory().resolve("folder"), folder);
        assertThatThrownBy(() -> service.results().file(id, "link.glb")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> service.results().file(id, "folder/secret"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(service.results().files(id)).noneMatch(file -> file.endsWith("link.glb") || file.endsWith("secret"));
        service.delete(id);
        assertThat(secret).hasContent("secret");
    }

    @Test
    void downloadsFinishAfterDeletion() throws Exception {
        Task task = completed();
        try (var open = Files.newInputStream(service.results().file(task.id(), "scene.glb"))) {
            service.delete(task.id());
            assertThat(open.readAllBytes()).startsWith('g', 'l', 'T', 'F');
        }
        assertThat(service.find(task.id())).isEmpty();
        assertThat(folder.resolve("workspace/tasks")).isEmptyDirectory();
        assertThatThrownBy(() -> service.delete(task.id())).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> service.results().scene(task.id())).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> service.cancel(task.id())).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void exportsResultsWithoutOverwriting() throws Exception {
        Path export = folder.resolve("export/scene");
        TaskOptions options = TaskFixtures.GLB.withJob(job -> job.formats(ExportFormat.GLB, ExportFormat.MINI_NPZ));
        TaskInput photos = TaskFixtures.photos(service, 1);
        Task task = TaskFixtures.ended(service, service.submit(photos, options, "", Optional.of(export)));
        assertThat(task.exportDirectory()).contains(export);
        assertThat(Folders.files(export))
                .extracting(file -> export.relativize(file).toString())
                .containsExactly("exports/mini_npz/results.npz", "scene.glb", "scene.jpg");
        assertThat(export).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void filesThatAppearDuringATaskAreNotOverwritten() throws Exception {
        Path export = folder.resolve("export");
        FakeModel disturbed = new FakeModel() {
            @Override
            void between(int block) throws IOException {
                Files.writeString(Files.createDirectories(export).resolve("scene.jpg"), "from someone else");
            }
        };
        reopen(disturbed);
        Task task = TaskFixtures.ended(
                service, service.submit(TaskFixtures.photos(service, 1), TaskFixtures.GLB, "", Optional.of(export)));
        assertThat(task.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(task.error().orElseThrow()).contains("scene.jpg").contains("already contains results");
        assertThat(export.toFile().list()).containsExactly("scene.jpg");
        assertThat(export.resolve("scene.jpg")).hasContent("from someone else");
        assertThat(task.directory().getParent().toFile().list()).containsExactly("task.json");
    }

    @Test
    void exportIsRolledBackIfTheTaskCannotBeSaved() throws Exception {
        Path export = folder.resolve("export");
        reopen(new FakeModel() {
            @Override
            void between(int block) throws IOException {
                if (block == 1) {
                    Path record = onlyTask().resolve("task.json");
                    Files.delete(record);
                    Files.createDirectories(record.resolve("in the way"));
                }
            }
        });
        Task task = TaskFixtures.ended(
                service, service.submit(TaskFixtures.photos(service, 1), TaskFixtures.GLB, "", Optional.of(export)));
        assertThat(task.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(export).isEmptyDirectory();
    }

    @Test
    void errorsDoNotContainWorkspacePaths() throws Exception {
        reopen(new FakeModel() {
            @Override
            void between(int block) throws IOException {
                Files.write(onlyTask().resolve("results.partial"), new byte[1]);
            }
        });
        Task task = TaskFixtures.ended(service, TaskFixtures.submit(service));
        assertThat(task.error().orElseThrow())
                .contains("results.partial")
                .doesNotContain(folder.toRealPath().toString());
    }

    private void reopen(FakeModel model) throws IOException {
        service.close();
        service = TaskService.open(settings, TaskFixtures.holding(model), clock);
    }

    private Path onlyTask() throws IOException {
        try (Stream<Path> tasks = Files.list(settings.workspace().resolve("tasks"))) {
            return tasks.findFirst().orElseThrow();
        }
    }

    @Test
    void prunesOldTasks() throws Exception {
        Task old = completed();
        clock.now = clock.now.plus(Duration.ofDays(6));
        Task young = completed();
        clock.now = clock.now.plus(Duration.ofDays(2));
        assertThat(service.prune()).isEqualTo(1);
        assertThat(service.tasks()).containsExactly(young);
        assertThat(old.directory().getParent()).doesNotExist();
        clock.now = clock.now.plus(Duration.ofDays(8));
        try (AutoCloseable reading = service.results().pin(young.id())) {
            assertThat(service.prune()).isZero();
        }
        assertThat(service.prune()).isEqualTo(1);
    }

    @Test
    void prunesTheOldestOfTooManyTasks() throws Exception {
        service.close();
        service = TaskService.open(settings.withKeepTasks(2), TaskFixtures.holding(new FakeModel()), clock);
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tasks.add(completed());
        }
        awaitTasks(2);
        assertThat(service.tasks()).containsExactlyInAnyOrder(tasks.get(2), tasks.get(3));
        service.close();
        service = TaskService.open(settings.withKeepTasks(1), TaskFixtures.holding(new FakeModel()), clock);
        assertThat(service.tasks()).containsExactly(tasks.get(3));
    }

    @Test
    void prunesTheOldestOfTooLargeTasks() throws Exception {
        completed();
        Task before = completed();
        Task last = completed();
        long bytes = Folders.bytes(last.directory().getParent());
        service.close();
        service =
                TaskService.open(settings.withKeepBytes(2 * bytes + 100), TaskFixtures.holding(new FakeModel()), clock);
        assertThat(service.tasks()).containsExactly(last, before);
        service.close();
        service = TaskService.open(settings.withKeepBytes(1), TaskFixtures.holding(new FakeModel()), clock);
        assertThat(service.tasks()).containsExactly(last);
    }

    private Task completed() throws Exception {
        clock.now = clock.now.plusSeconds(1);
        Task task = TaskFixtures.ended(service, TaskFixtures.submit(service));
        assertThat(task.error()).isEmpty();
        return task;
    }

    private void awaitTasks(int count) throws InterruptedException {
        while (service.tasks().size() != count) {
            Thread.sleep(2);
        }
    }

    private float[] floats(Task task, String path) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(service.results().file(task.id(), path)));
        float[] floats = new float[bytes.capacity() / Float.BYTES];
        bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
        return floats;
    }

    /** A clock that is set by the test. */
    private static final class SetClock extends Clock {

        private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
