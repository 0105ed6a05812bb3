package da3.server.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that tasks run and end despite failures and models that ignore interrupts. */
@Timeout(120)
class WorkerTest {

    private static final Duration HANG = Duration.ofSeconds(30);

    @TempDir
    private Path workspace;

    /** A clock that throws {@link OutOfMemoryError} for some of the reads by the worker. */
    private static final class FailingClock extends Clock {

        private final AtomicInteger reads = new AtomicInteger();
        private final int first;
        private final int failures;

        /** @param first index of the first read that fails */
        FailingClock(int first, int failures) {
            this.first = first;
            this.failures = failures;
        }

        @Override
        public Instant instant() {
            if (Thread.currentThread().getName().equals("da3-tasks") && isFailing(reads.getAndIncrement())) {
                OutOfMemoryError error = new OutOfMemoryError("Java heap space");
                error.setStackTrace(new StackTraceElement[0]); // it is logged
                throw error;
            }
            return Instant.now();
        }

        private boolean isFailing(int read) {
            return read >= first && read < first + failures;
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

    /** A model that ignores a number of interrupts. */
    private static final class UninterruptibleModel extends FakeModel {

        private final int missed;
        private final Semaphore arrived = new Semaphore(0);
        private final CountDownLatch freed = new CountDownLatch(1);

        UninterruptibleModel(int missed) {
            this.missed = missed;
        }

        @Override
        void between(int block) {
            arrived.release();
            for (int i = 0; i <= missed; i++) {
                try {
                    freed.await();
                    return;
                } catch (InterruptedException e) {
                    if (i == missed) {
                        Thread.currentThread().interrupt();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4}) // at the start of the task, when its failure is saved, and in a retry of that
    void nextTaskRunsWhereverMemoryRunsOut(int failures) throws Exception {
        ModelHolder model = TaskFixtures.holding(new FakeModel());
        try (TaskService service = TaskService.open(TaskSettings.of(workspace), model, new FailingClock(0, failures))) {
            Task failed = TaskFixtures.ended(service, TaskFixtures.submit(service));
            assertThat(failed.status()).isEqualTo(TaskStatus.FAILED);
            assertThat(failed.error().orElseThrow()).startsWith("out of memory");
            assertThat(TaskFixtures.ended(service, TaskFixtures.submit(service)).status())
                    .isEqualTo(TaskStatus.COMPLETED);
            assertThat(service.isWorking()).isTrue();
        }
        assertThat(workspace.resolve("uploads")).isEmptyDirectory();
    }

    @Test
    void nextTaskRunsIfMemoryRunsOutAfterATask() throws Exception {
        ModelHolder model = TaskFixtures.holding(new FakeModel());
        Clock clock = new FailingClock(2, 1); // read at the start and the end of the task, then to remove old tasks
        try (TaskService service = TaskService.open(TaskSettings.of(workspace), model, clock)) {
            assertThat(TaskFixtures.ended(service, TaskFixtures.submit(service)).status())
                    .isEqualTo(TaskStatus.COMPLETED);
            assertThat(TaskFixtures.ended(service, TaskFixtures.submit(service)).status())
                    .isEqualTo(TaskStatus.COMPLETED);
            assertThat(service.isWorking()).isTrue();
        }
    }

    @Test
    void serviceWhoseThreadHasEndedIsNotWorking() throws Exception {
        TaskService service = TaskService.open(TaskSettings.of(workspace), TaskFixtures.holding(new FakeModel()));
        assertThat(service.isWorking()).isTrue();
        service.close();
        assertThat(service.isWorking()).isFalse();
    }

    @Test
    void timeLimitEndsEveryTask() throws Exception {
        TaskSettings settings = TaskSettings.of(workspace).withTimeLimit(Duration.ofMillis(200));
        UninterruptibleModel model = new UninterruptibleModel(2);
        try (TaskService service = TaskService.open(settings, TaskFixtures.holding(model))) {
            for (int i = 0; i < 2; i++) {
                Task failed = TaskFixtures.ended(service, TaskFixtures.submit(service));
                assertThat(failed.status()).isEqualTo(TaskStatus.FAILED);
                assertThat(failed.error()).contains("the task was stopped after the time limit of 0.2 s");
                assertThat(failed.directory().getParent().toFile().list()).containsExactly("task.json");
            }
        }
    }

    @Test
    void cancellationInterruptsRepeatedlyButNotTheNextTask() throws Exception {
        UninterruptibleModel model = new UninterruptibleModel(2);
        try (TaskService service = TaskService.open(TaskSettings.of(workspace), TaskFixtures.holding(model))) {
            Task task = TaskFixtures.submit(service);
            model.arrived.acquire();
            service.cancel(task.id());
            assertThat(TaskFixtures.ended(service, task).status()).isEqualTo(TaskStatus.CANCELLED);
            model.freed.countDown();
            assertThat(TaskFixtures.ended(service, TaskFixtures.submit(service)).status())
                    .isEqualTo(TaskStatus.COMPLETED);
        }
    }

    @Test
    void stuckTaskDelaysNoStopAndKeepsTheWorkspaceLocked() throws Exception {
        TaskSettings settings = TaskSettings.of(workspace).withTimeLimit(Duration.ofMillis(100));
        UninterruptibleModel model = new UninterruptibleModel(Integer.MAX_VALUE - 1);
        ModelHolder holder = TaskFixtures.holding(model);
        TaskService service = TaskService.open(settings, holder);
        try {
            assertThat(service.isWorking()).isTrue();
            submitUntilOneArrives(service, model);
            assertTimeoutPreemptively(HANG, () -> {
                while (service.isWorking()) {
                    Thread.sleep(10);
                }
                service.closeWithin(Duration.ofMillis(200));
                holder.closeWithin(Duration.ofMillis(200));
            });
            assertThat(model.closed).isFalse();
            assertThatThrownBy(() -> TaskService.open(settings, holder)).hasMessageContaining("is in use");
        } finally {
            model.freed.countDown();
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().equals("da3-tasks")) {
                    thread.join(HANG.toMillis()); // it may still write into the folder
                }
            }
        }
    }

    @Test
    void timeLimitMustBePositive() {
        assertThatThrownBy(() -> TaskSettings.of(workspace).withTimeLimit(Duration.ZERO))
                .hasMessage("timeLimit must be positive, got PT0S");
    }

    /** Submits tasks until the model gets one, since on a slow machine a short time limit can end a task before that. */
    private static void submitUntilOneArrives(TaskService service, UninterruptibleModel model) throws Exception {
        Task task = TaskFixtures.submit(service);
        while (!model.arrived.tryAcquire(10, TimeUnit.MILLISECONDS)) {
            if (service.find(task.id()).orElseThrow().status().ended()) {
                task = TaskFixtures.submit(service);
            }
        }
    }
}
