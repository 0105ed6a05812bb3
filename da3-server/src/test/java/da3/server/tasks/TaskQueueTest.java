package da3.server.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import da3.core.InferenceOptions;
import da3.core.InputProcessing;
import da3.core.MemoryCheck;
import da3.core.Prediction;
import da3.core.Request;
import da3.core.ViewPrior;
import da3.nn.ModelConfig;
import da3.nn.Progress;
import da3.server.wire.TaskOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests order, cancellation, failures and listeners with a model that waits at its third block for a permit. */
@Timeout(180)
class TaskQueueTest {

    @TempDir
    private Path workspace;

    private final Semaphore arrived = new Semaphore(0);
    private final Semaphore onwards = new Semaphore(0);
    private final AtomicInteger blocks = new AtomicInteger();
    private final FakeModel slow = new FakeModel() {
        @Override
        void between(int block) {
            blocks.incrementAndGet();
            if (block == 3) {
                arrived.release();
                try {
                    onwards.acquire();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    };
    private TaskSettings settings;

    @BeforeEach
    void settings() {
        settings = TaskSettings.of(workspace).withQueueCapacity(2);
    }

    @Test
    void stopInterruptsRepeatedly() throws Exception {
        FakeModel uninterruptible = new FakeModel() {
            @Override
            void between(int block) {
                arrived.release();
                try {
                    Thread.sleep(5_000);
                } catch (InterruptedException e) {
                    if (block > 1) {
                        Thread.currentThread().interrupt();
                    }
                }
            }
        };
        TaskService service = TaskService.open(settings, TaskFixtures.holding(uninterruptible));
        Task task = TaskFixtures.submit(service);
        arrived.acquire();
        assertTimeout(Duration.ofSeconds(30), service::close); // all its blocks would take 55 s
        assertThat(service.find(task.id()).orElseThrow().error()).contains("interrupted by a stop of the service");
    }

    @Test
    void tasksRunOneByOneInOrder() throws Exception {
        try (TaskService service =
                TaskService.open(settings.withQueueCapacity(5), TaskFixtures.holding(new FakeModel()))) {
            List<Task> tasks = new ArrayList<>();
            for (String name : List.of("a", "b", "c", "d")) {
                tasks.add(TaskFixtures.submit(service, name));
            }
            for (Task task : tasks) {
                TaskFixtures.ended(service, task);
            }
            List<Task> done = service.tasks();
            assertThat(done).extracting(Task::name).containsExactly("d", "c", "b", "a");
            for (int i = 0; i + 1 < done.size(); i++) {
                assertThat(done.get(i).startedAt().orElseThrow())
                        .isAfterOrEqualTo(done.get(i + 1).completedAt().orElseThrow());
            }
            assertThat(done).allSatisfy(task -> {
                assertThat(task.status()).isEqualTo(TaskStatus.COMPLETED);
                assertThat(task.progress()).isEqualTo(1);
                assertThat(task.warnings()).containsExactly("the wall is imagined");
                assertThat(task.processingTime().orElseThrow()).isPositive();
            });
        }
        assertThat(workspace.resolve("uploads")).isEmptyDirectory();
    }

    @Test
    void fullQueueReportsRetryAfterAndKeepsTheUpload() throws Exception {
        try (TaskService service = TaskService.open(settings, TaskFixtures.holding(slow))) {
            Task running = TaskFixtures.submit(service);
            arrived.acquire();
            TaskFixtures.submit(service);
            TaskFixtures.submit(service);
            assertThat(service.queueLength()).isEqualTo(2);
            TaskInput rejected = TaskFixtures.photos(service, 1);
            assertThatExceptionOfType(QueueFullException.class)
                    .isThrownBy(() -> service.submit(rejected, TaskFixtures.GLB, "", Optional.empty()))
                    .withMessageContaining("the queue is full with 2 waiting tasks")
                    .satisfies(e -> assertThat(e.retryAfter().toSeconds()).isBetween(1L, 30L));
            Path file = ((TaskInput.Images) rejected).files().get(0);
            assertThat(file).exists();
            service.deleteUpload(file.getParent());
            assertThat(file.getParent()).doesNotExist();
            service.deleteUpload(workspace);
            assertThat(workspace).exists();
            onwards.release(10);
            TaskFixtures.ended(service, running);
        }
    }

    @Test
    void memoryOfTheRunningTaskCountsAsFree() throws Exception {
        List<Optional<MemoryCheck>> checked = Collections.synchronizedList(new ArrayList<>());
        FakeModel model = new FakeModel() {
            @Override
            public MemoryCheck fit(
                    List<InputProcessing.Size> images,
                    List<ViewPrior> priors,
                    InferenceOptions options,
                    Optional<MemoryCheck> running) {
                checked.add(running);
                return new MemoryCheck(true, 1, 2, images.size(), 10 + checked.size(), 1, "");
            }

            @Override
            void between(int block) throws IOException {
                slow.between(block);
            }
        };
        try (TaskService service = TaskService.open(settings, TaskFixtures.holding(model))) {
            Task first = TaskFixtures.submit(service);
            arrived.acquire();
            TaskFixtures.submit(service);
            onwards.release(10);
            TaskFixtures.ended(service, first);
            assertThat(checked.get(0)).isEmpty();
            assertThat(checked.get(1).orElseThrow().heapBytes()).isEqualTo(11);
        }
    }

    @Test
    void resolutionDefaultsToThatOfTheModel() throws Exception {
        List<OptionalInt> resolutions = Collections.synchronizedList(new ArrayList<>());
        FakeModel model = new FakeModel() {
            @Override
            public ModelConfig config() {
                return super.config().withProcessingSize(28);
            }

            @Override
            public MemoryCheck fit(
                    List<InputProcessing.Size> images,
                    List<ViewPrior> priors,
                    InferenceOptions options,
                    Optional<MemoryCheck> running) {
                resolutions.add(options.resolution());
                return super.fit(images, priors, options, running);
            }

            @Override
            public Prediction predict(Request request, Progress progress) {
                resolutions.add(request.options().resolution());
                return super.predict(request, progress);
            }
        };
        try (TaskService service = TaskService.open(settings, TaskFixtures.holding(model))) {
            Task own = TaskFixtures.ended(service, TaskFixtures.submit(service));
            TaskOptions options = TaskFixtures.GLB.withJob(job -> job.inference(o -> o.resolution(42)));
            Task chosen = service.submit(TaskFixtures.photos(service, 1), options, "", Optional.empty());
            TaskFixtures.ended(service, chosen);
            assertThat(own.options().job().inference().resolution()).hasValue(28);
            assertThat(chosen.options().job().inference().resolution()).hasValue(42);
            assertThat(resolutions).extracting(OptionalInt::getAsInt).containsExactly(28, 28, 42, 42);
        }
    }

    @Test
    void cancelsAPendingTaskAtOnce() throws Exception {
        try (TaskService service = TaskService.open(settings, TaskFixtures.holding(slow))) {
            Task running = TaskFixtures.submit(service);
            arrived.acquire();
            Task pending = TaskFixtures.submit(service);
            Task last = TaskFixtures.submit(service);
            assertThat(service.cancel(pending.id()).status()).isEqualTo(TaskStatus.CANCELLED);
            assertThat(service.queueLength()).isEqualTo(1);
            onwards.release(10);
            TaskFixtures.ended(service, running);
            TaskFixtures.ended(service, last);
            assertThat(blocks).hasValue(24);
            assertThat(service.find(pending.id()).orElseThrow().startedAt()).isEmpty();
            assertThatThrownBy(() -> service.cancel(pending.id()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("must be pending or running, got cancelled");
        }
    }

    @Test
    void cancelsARunningTaskBetweenBlocks() throws Exception {
        try (TaskService service = TaskService.open(settings, TaskFixtures.holding(slow))) {
            Task running = TaskFixtures.submit(service);
            Task next = TaskFixtures.submit(service);
            arrived.acquire();
            assertThat(service.cancel(running.id()).message()).isEqualTo("cancelling");
            Task cancelled = TaskFixtures.ended(service, running);
            assertThat(cancelled.status()).isEqualTo(TaskStatus.CANCELLED);
            assertThat(cancelled.error()).isEmpty();
            arrived.acquire(); // of the next task
            assertThat(blocks).hasValue(3 + 3);
            try (Stream<Path> left = Files.list(cancelled.directory().getParent())) {
                assertThat(left).extracting(Path::getFileName).containsExactly(Path.of("task.json"));
            }
            onwards.release(10);
            assertThat(TaskFixtures.ended(service, next).status()).isEqualTo(TaskStatus.COMPLETED);
            assertThatThrownBy(() -> service.results().files(running.id())).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void nextTaskRunsAfterAnyFailure() throws Exception {
        List<Throwable> failures = List.of(
                new OutOfMemoryError("Java heap space"),
                new UnsatisfiedLinkError("no jnifoo in java.library.path"),
                new NullPointerException("x"),
                new IllegalArgumentException("this model does not predict gaussians"),
                new StackOverflowError());
        failures.forEach(failure -> failure.setStackTrace(new StackTraceElement[0])); // they are logged
        AtomicInteger call = new AtomicInteger();
        FakeModel failing = new FakeModel() {
            @Override
            public Prediction predict(Request request, Progress progress) {
                if (call.get() < failures.size()) {
                    TaskFixtures.<RuntimeException>raise(failures.get(call.getAndIncrement()));
                }
                return super.predict(request, progress);
            }
        };
        try (TaskService service = TaskService.open(settings, TaskFixtures.holding(failing))) {
            List<String> errors = new ArrayList<>();
            for (int i = 0; i < failures.size(); i++) {
                Task failed = TaskFixtures.ended(service, TaskFixtures.submit(service));
                assertThat(failed.status()).isEqualTo(TaskStatus.FAILED);
                errors.add(failed.error().orElseThrow());
            }
            assertThat(errors.get(0)).startsWith("out of memory (Java heap space): use fewer");
            assertThat(errors.get(1)).startsWith("unexpected UnsatisfiedLinkError: no jnifoo");
            assertThat(errors.get(2)).isEqualTo("unexpected NullPointerException: x");
            assertThat(errors.get(3)).isEqualTo("this model does not predict gaussians");
            assertThat(TaskFixtures.ended(service, TaskFixtures.submit(service)).status())
                    .isEqualTo(TaskStatus.COMPLETED);
        }
    }

    @Test
    void slowListenerBlocksNothingAndReceivesTheEnd() throws Exception {
        try (TaskService service = TaskService.open(settings, TaskFixtures.holding(slow))) {
            Task task = TaskFixtures.submit(service);
            arrived.acquire();
            CountDownLatch first = new CountDownLatch(1);
            CountDownLatch last = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            List<Task> received = Collections.synchronizedList(new ArrayList<>());
            try (AutoCloseable watch = service.addListener(task.id(), now -> {
                received.add(now);
                first.countDown();
                await(release);
                if (now.status().ended()) {
                    last.countDown();
                }
            })) {
                first.await();
                assertThat(received.get(0).status()).isEqualTo(TaskStatus.RUNNING);
                onwards.release(10);
                TaskFixtures.ended(service, task);
                release.countDown();
                last.await();
            }
            assertThat(received).hasSize(2);
            List<Task> unheard = Collections.synchronizedList(new ArrayList<>());
            service.addListener(task.id(), unheard::add).close();
            assertThat(unheard.size()).isLessThanOrEqualTo(1);
            assertThatThrownBy(() -> service.addListener(UUID.randomUUID(), unheard::add))
                    .isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void progressNeverDecreasesAndHasStepsOfOnePercent() throws Exception {
        List<Double> reported = new ArrayList<>();
        TaskProgress progress = new TaskProgress(2, (at, stage) -> reported.add(at));
        for (int i = 1; i <= 300; i++) {
            progress.image(i, 300);
        }
        for (int pass = 0; pass < 3; pass++) {
            for (int i = 1; i <= 1000; i++) {
                progress.step("backbone", i, 1000);
            }
            progress.step("heads", 1, 1);
        }
        progress.export("glb", 0, 2);
        progress.export("viewer", 1, 2);
        assertThat(reported).isSorted().hasSizeBetween(60, 110);
        assertThat(reported.get(reported.size() - 1)).isCloseTo(0.9, within(1e-9));
        assertThat(reported).anySatisfy(at -> assertThat(at).isBetween(0.44, 0.46));
    }

    @Test
    void stopFailsRunningAndWaitingTasks() throws Exception {
        Task running;
        Task pending;
        TaskService service = TaskService.open(settings, TaskFixtures.holding(slow));
        try (service) {
            running = TaskFixtures.submit(service);
            arrived.acquire();
            pending = TaskFixtures.submit(service);
        }
        service.close();
        assertThat(service.tasks()).extracting(Task::status).containsOnly(TaskStatus.FAILED);
        assertThatThrownBy(() -> service.submit(
                        new TaskInput.Images(List.of(workspace.resolve("none.png"))),
                        TaskFixtures.GLB,
                        "",
                        Optional.empty()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("accepts no more tasks");
        try (TaskService again = TaskService.open(settings, TaskFixtures.holding(slow))) {
            assertThat(again.find(running.id())).isEqualTo(service.find(running.id()));
            assertThat(again.find(pending.id()).orElseThrow().error()).contains("interrupted by a stop of the service");
        }
    }

    @Test
    void concurrentSubmitDeleteAndPrune() throws Exception {
        TaskSettings small = settings.withQueueCapacity(100).withKeepTasks(3);
        try (TaskService service = TaskService.open(small, TaskFixtures.holding(new FakeModel()))) {
            AtomicInteger deleted = new AtomicInteger();
            AtomicInteger unexpected = new AtomicInteger();
            List<Thread> clients = new ArrayList<>();
            for (int c = 0; c < 4; c++) {
                clients.add(new Thread(() -> {
                    for (int i = 0; i < 8; i++) {
                        try {
                            Task task = TaskFixtures.ended(service, TaskFixtures.submit(service));
                            service.delete(task.id());
                            deleted.incrementAndGet();
                        } catch (NoSuchElementException pruned) {
                            service.prune();
                        } catch (IOException | InterruptedException | RuntimeException e) {
                            unexpected.incrementAndGet();
                        }
                    }
                }));
            }
            clients.forEach(Thread::start);
            for (Thread client : clients) {
                client.join(TimeUnit.SECONDS.toMillis(30));
            }
            assertThat(unexpected).hasValue(0);
            assertThat(deleted.get()).isPositive();
            assertThat(service.queueLength()).isZero();
            assertThat(service.tasks()).hasSizeLessThanOrEqualTo(3);
            try (Stream<Path> left = Files.list(workspace.resolve("tasks"))) {
                assertThat(left).hasSize(service.tasks().size());
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
