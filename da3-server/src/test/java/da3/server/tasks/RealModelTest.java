package da3.server.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import da3.core.EngineOptions;
import da3.export.ExportFormat;
import da3.server.tasks.SceneDescription.SceneView;
import da3.server.wire.TaskOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests the task queue with the smallest preset. */
@Timeout(120)
class RealModelTest {

    private static final String MODEL = "seeded:da3-small";
    private static final EngineOptions TWO_THREADS = EngineOptions.defaults().withThreads(2);

    private static final TaskOptions SMALL = TaskFixtures.GLB.withJob(job -> job.inference(o -> o.resolution(112)));

    @TempDir
    private Path workspace;

    @Test
    void predictsASceneAndStopsACancelledTask() throws Exception {
        try (ModelHolder model = ModelHolder.of(MODEL, TWO_THREADS);
                TaskService service = TaskService.open(TaskSettings.of(workspace), model)) {
            TaskOptions small = TaskOptions.defaults().withJob(job -> job.inference(o -> o.resolution(56)));
            Task task = TaskFixtures.ended(
                    service, service.submit(TaskFixtures.photos(service, 2), small, "", Optional.empty()));
            assertThat(task.error()).isEmpty();
            SceneDescription scene = service.results().scene(task.id());
            assertThat(scene.views())
                    .hasSize(2)
                    .extracting(SceneView::width, SceneView::height)
                    .containsOnly(tuple(56, 42));
            assertThat(Files.size(service.results()
                            .file(task.id(), scene.views().get(1).depth())))
                    .isEqualTo(4 * 56 * 42);
            assertThat(service.results().file(task.id(), "exports/mini_npz/results.npz"))
                    .isNotEmptyFile();
            requireStopDuringBackbone(service);
            Task after = TaskFixtures.ended(
                    service, service.submit(TaskFixtures.photos(service, 1), small, "", Optional.empty()));
            assertThat(after.status()).isEqualTo(TaskStatus.COMPLETED);
        }
    }

    @Test
    void memoryErrorsContainTheNumberOfViewsThatFit() throws Exception {
        EngineOptions little = TWO_THREADS.withMemoryLimitBytes(400_000_000);
        try (ModelHolder model = ModelHolder.of(MODEL, little);
                TaskService service = TaskService.open(TaskSettings.of(workspace), model)) {
            Path photo = TaskFixtures.photo(workspace.resolve("photo.png"), 40, 30);
            int fit = viewsThatFit(service, photo, 200);
            assertThat(fit).isBetween(1, 199);
            service.submit(photos(photo, fit), SMALL, "", Optional.empty());
            assertThat(viewsThatFit(service, photo, fit + 1)).isEqualTo(fit);
        }
    }

    private static int viewsThatFit(TaskService service, Path photo, int views) {
        int[] fit = {-1};
        assertThatExceptionOfType(InsufficientMemoryException.class)
                .isThrownBy(() -> service.submit(photos(photo, views), SMALL, "", Optional.empty()))
                .withMessageContaining(views + " views of 112x84 needs about")
                .satisfies(e -> {
                    assertThat(e.availableBytes()).isEqualTo(400_000_000);
                    assertThat(e.neededBytes()).isGreaterThan(400_000_000);
                    fit[0] = e.viewsThatFit();
                });
        return fit[0];
    }

    private static TaskInput photos(Path photo, int count) {
        return new TaskInput.Images(Collections.nCopies(count, photo));
    }

    private static void requireStopDuringBackbone(TaskService service) throws Exception {
        TaskOptions large = TaskFixtures.GLB.withJob(
                job -> job.formats(ExportFormat.DEPTH_PFM).inference(o -> o.resolution(336)));
        Task task = service.submit(TaskFixtures.photos(service, 4), large, "", Optional.empty());
        CountDownLatch inside = new CountDownLatch(1);
        try (AutoCloseable watch = service.addListener(task.id(), now -> {
            if (now.stage().startsWith("backbone")) {
                inside.countDown();
            }
        })) {
            inside.await();
        }
        service.cancel(task.id());
        Task cancelled = TaskFixtures.ended(service, task);
        assertThat(cancelled.status()).isEqualTo(TaskStatus.CANCELLED);
        assertThat(cancelled.progress()).isLessThan(0.7);
    }
}
