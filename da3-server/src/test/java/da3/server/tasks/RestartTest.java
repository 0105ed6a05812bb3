package da3.server.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.core.ResizeMethod;
import da3.core.ViewPrior;
import da3.export.ExportFormat;
import da3.export.GaussianVideo;
import da3.export.JobOptions;
import da3.geometry.DepthSample;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.path.Trajectory;
import da3.nn.ReferenceViewStrategy;
import da3.server.wire.TaskOptions;
import da3.video.VideoOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests the recovery of a service that was killed at any point. */
@Timeout(180)
class RestartTest {

    private static final Instant EARLIER = Instant.now().minusSeconds(60);

    @TempDir
    private Path workspace;

    private Path tasks;
    private TaskSettings settings;

    @BeforeEach
    void workspace() throws IOException {
        Files.createFile(workspace.resolve(Workspace.MARKER));
        tasks = Files.createDirectories(workspace.toRealPath().resolve("tasks"));
        settings = TaskSettings.of(workspace);
    }

    @Test
    void restoresCompletedTasks() throws Exception {
        Task completed;
        SceneDescription scene;
        try (TaskService service = open()) {
            completed = TaskFixtures.ended(service, TaskFixtures.submit(service, "mine"));
            scene = service.results().scene(completed.id());
        }
        try (TaskService service = open()) {
            assertThat(service.tasks()).containsExactly(completed);
            assertThat(service.results().scene(completed.id())).isEqualTo(scene);
            assertThat(service.results().file(completed.id(), "scene.glb")).isNotEmptyFile();
        }
    }

    @Test
    void failsUnfinishedTasksAndRemovesPartialFiles() throws Exception {
        Task pending = left(TaskStatus.PENDING);
        Task running = left(TaskStatus.RUNNING);
        Task nearlyCompleted = left(TaskStatus.RUNNING);
        Task cancelled = left(TaskStatus.CANCELLED);
        Task withoutResults = left(TaskStatus.COMPLETED);
        Files.createDirectories(running.directory().resolveSibling("results.partial/viewer"));
        Files.createDirectories(nearlyCompleted.directory());
        Files.writeString(nearlyCompleted.directory().resolve("scene.glb"), "glTF");
        Files.writeString(nearlyCompleted.directory().resolveSibling("scene.json"), "{}");
        Files.writeString(nearlyCompleted.directory().resolveSibling(".task.json." + UUID.randomUUID() + ".part"), "{");
        Path upload = Files.createDirectories(workspace.resolve("uploads/upload-1"));
        Files.writeString(upload.resolve("a.png"), "half a photo");
        Path beforeItsRecord = Files.createDirectories(tasks.resolve(UUID.randomUUID() + "/results.partial"));
        Path onItsWayOut = Files.createDirectory(tasks.resolve(".removed-" + UUID.randomUUID()));
        Files.writeString(onItsWayOut.resolve("task.json"), "{}");
        try (TaskService service = open()) {
            for (Task task : List.of(pending, running, nearlyCompleted)) {
                Task found = service.find(task.id()).orElseThrow();
                assertThat(found.status()).isEqualTo(TaskStatus.FAILED);
                assertThat(found.error()).contains("interrupted by a restart of the service");
                assertThat(found.completedAt()).isPresent();
                assertThat(task.directory().getParent().toFile().list()).containsExactly("task.json");
            }
            assertThat(service.find(cancelled.id())).contains(cancelled);
            assertThat(service.find(withoutResults.id()).orElseThrow().error()).contains("its results are missing");
            assertThat(service.tasks()).hasSize(5);
            assertThat(upload).doesNotExist();
            assertThat(beforeItsRecord.getParent()).doesNotExist();
            assertThat(onItsWayOut).doesNotExist();
            assertThat(service.queueLength()).isZero();
            assertThat(TaskFixtures.ended(service, TaskFixtures.submit(service)).status())
                    .isEqualTo(TaskStatus.COMPLETED);
        }
    }

    @Test
    void ignoresUnreadableRecords() throws Exception {
        List<String> records = List.of("", "{\"version\": 1", "[]", "{\"version\": 2}", "\u0000\u0001");
        for (String record : records) {
            Path folder = Files.createDirectory(tasks.resolve(UUID.randomUUID().toString()));
            Files.writeString(folder.resolve("task.json"), record);
        }
        Task moved = left(TaskStatus.COMPLETED);
        Files.move(
                moved.directory().getParent(), tasks.resolve(UUID.randomUUID().toString()));
        Task good = left(TaskStatus.FAILED);
        try (TaskService service = open()) {
            assertThat(service.tasks()).containsExactly(good);
        }
        assertThat(tasks.toFile().list()).hasSize(records.size() + 2);
    }

    @Test
    void locksTheWorkspace() throws Exception {
        try (TaskService first = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is in use by another service (process "
                            + ProcessHandle.current().pid() + "): use another workspace");
            assertThat(first.tasks()).isEmpty();
        }
        open().close();
    }

    @Test
    void restoresEveryOption() throws Exception {
        JobOptions job = JobOptions.builder()
                .formats(ExportFormat.FEAT_VIS, ExportFormat.COLMAP_TEXT)
                .inference(o -> o.resolution(56)
                        .resizeMethod(ResizeMethod.LOWER_BOUND_CROP)
                        .featureLayers(List.of(3, 11))
                        .alignDepth(false)
                        .posesFromRays(true)
                        .referenceView(ReferenceViewStrategy.MIDDLE)
                        .nativeSize(true)
                        .seed(Long.MIN_VALUE))
                .export(e -> e.withFeatureFramesPerSecond(7.5)
                        .withGlb(e.glb()
                                .withPercentiles(12.5, 90)
                                .withMaxPoints(17)
                                .withCameras(false, 0.03))
                        .withGaussianVideo(new GaussianVideo(Trajectory.WANDER, VideoOptions.Quality.LOW)))
                .build();
        Pose pose = Pose.ofMatrix(new double[] {0, -1, 0, 0.1, 1, 0, 0, 0.2, 0, 0, 1, 0.3}, 0);
        Intrinsics intrinsics = new Intrinsics(100.25, 101, 1.0 / 3, 50);
        List<DepthSample> samples = List.of(new DepthSample(1.5, 2, 1.0 / 3), new DepthSample(4, 5, 6));
        TaskOptions options = TaskOptions.of(job)
                .withPriors(List.of(
                        new ViewPrior(Optional.of(pose), Optional.of(intrinsics), List.of()),
                        new ViewPrior(Optional.empty(), Optional.of(intrinsics), samples)));
        assertSurvives(options);
        assertSurvives(options.withJob(change -> change.inference(o -> o.resolution(OptionalInt.empty()))));
        assertSurvives(TaskOptions.of(JobOptions.builder()
                .inference(o -> o.independent(true).nativeSize(true))
                .build()));
    }

    private void assertSurvives(TaskOptions options) throws IOException {
        UUID id = UUID.randomUUID();
        TaskFolder folder = new TaskFolder(tasks.resolve(id.toString()));
        Task task = new Task(
                id,
                "\u65e5 \"quoted\"",
                TaskStatus.FAILED,
                "message",
                1.0 / 3,
                "",
                EARLIER,
                Optional.of(EARLIER.plusNanos(1)),
                Optional.of(EARLIER.plusSeconds(2)),
                3,
                folder.results(),
                Optional.of(Path.of("/somewhere/else")),
                options,
                List.of("one", "two"),
                Optional.of("because"));
        assertThat(TaskJson.task(TaskJson.bytes(task), folder)).isEqualTo(task);
    }

    @Test
    void completedTasksSurviveAKilledProcess() throws Exception {
        Process service = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledService.class.getName(),
                        workspace.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            service.inputReader().readLine(); // the first task is completed, the second one is running
            assertThatThrownBy(this::open).hasMessageContaining("(process " + service.pid() + ")");
        } finally {
            service.destroyForcibly();
        }
        assertThat(service.waitFor(30, TimeUnit.SECONDS)).isTrue();
        try (TaskService again = open()) {
            assertThat(again.tasks()).extracting(Task::name).containsExactly("third", "second", "first");
            assertThat(again.tasks())
                    .extracting(Task::status)
                    .containsExactly(TaskStatus.FAILED, TaskStatus.FAILED, TaskStatus.COMPLETED);
            assertThat(again.results().files(again.tasks().get(2).id()))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file).isNotEmptyFile());
            assertThat(workspace.resolve("uploads")).isEmptyDirectory();
        }
    }

    private TaskService open() throws IOException {
        return TaskService.open(settings, TaskFixtures.holding(new FakeModel()));
    }

    private Task left(TaskStatus status) throws IOException {
        Task task = TaskFixtures.inState(status, tasks, EARLIER);
        TaskFolder folder = new TaskFolder(task.directory().getParent());
        Files.createDirectory(folder.root());
        Files.write(folder.json(), TaskJson.bytes(task));
        return task;
    }
}
