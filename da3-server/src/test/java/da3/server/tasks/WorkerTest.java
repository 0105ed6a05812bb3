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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks are done and end whatever fails around them, and however deaf a model is. */
@Timeout(120)
class WorkerTest {

    private static final Duration HANG = Duration.ofSeconds(30);

    @TempDir
    private Path workspace;

    /** Counts down what the worker may read of it before memory is there again. */
    private static final class FailingClock extends Clock {

        private final AtomicInteger failures;

        FailingClock(int failures) {
            this.failures = new AtomicInteger(failures);
        }

        @Override
        public Instant instant() {
            if (Thread.currentThread().getName().equals("da3-tasks") && failures.getAndDecrement() > 0) {
                OutOfMemoryError error = new OutOfMemoryError("Java heap space");
                error.setStackTrace(new StackTraceElement[0]); // it is logged
                throw error;
            }
            return Instant.now();
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

    /** Waits for as long as it may, or until it is interrupted as often as it hears. */
    private static final class DeafModel extends FakeModel {

        private final int missed;
        private final Semaphore arrived = new Semaphore(0);
        private final CountDownLatch freed = new CountDownLatch(1);

        DeafModel(int missed) {
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
    @ValueSource(ints = {1, 2, 4}) // when the task begins; when that is recorded; and when that is tried again
    void theNextTaskIsDoneWhereverMemoryRanOut(int failures) throws Exception {
        ModelHolder model = Tasks.holding(new FakeModel());
        try (TaskService service = TaskService.open(TaskSettings.of(workspace), model, new FailingClock(failures))) {
            Task failed = Tasks.ended(service, Tasks.submit(service));
            assertThat(failed.status()).isEqualTo(TaskStatus.FAILED);
            assertThat(failed.error().orElseThrow()).startsWith("out of memory");
            assertThat(Tasks.ended(service, Tasks.submit(service)).status()).isEqualTo(TaskStatus.COMPLETED);
            assertThat(service.isWorking()).isTrue();
        }
        assertThat(workspace.resolve("uploads")).isEmptyDirectory();
    }

    @Test
    void aTaskEndsWhenItsTimeIsOver() throws Exception {
        TaskSettings settings = TaskSettings.of(workspace).withTimeLimit(Duration.ofMillis(200));
        DeafModel model = new DeafModel(2);
        try (TaskService service = TaskService.open(settings, Tasks.holding(model))) {
            Task failed = Tasks.ended(service, Tasks.submit(service));
            assertThat(failed.status()).isEqualTo(TaskStatus.FAILED);
            assertThat(failed.error()).contains("a task must end within 0.2 s, and this one was stopped then");
            assertThat(failed.directory().getParent().toFile().list()).containsExactly("task.json");
            model.freed.countDown();
            assertThat(Tasks.ended(service, Tasks.submit(service)).status()).isEqualTo(TaskStatus.COMPLETED);
        }
    }

    @Test
    void aCancellationReachesATaskThatHasMissedInterrupts() throws Exception {
        DeafModel model = new DeafModel(2);
        try (TaskService service = TaskService.open(TaskSettings.of(workspace), Tasks.holding(model))) {
            Task task = Tasks.submit(service);
            model.arrived.acquire();
            service.cancel(task.id());
            assertThat(Tasks.ended(service, task).status()).isEqualTo(TaskStatus.CANCELLED);
        }
    }

    @Test
    void aTaskThatNothingEndsDoesNotHoldUpAStopAndKeepsItsWorkspace() throws Exception {
        TaskSettings settings = TaskSettings.of(workspace).withTimeLimit(Duration.ofMillis(100));
        DeafModel model = new DeafModel(Integer.MAX_VALUE - 1);
        ModelHolder holder = Tasks.holding(model);
        TaskService service = TaskService.open(settings, holder);
        try {
            assertThat(service.isWorking()).isTrue();
            Tasks.submit(service);
            model.arrived.acquire();
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
    void aLimitIsAboveZero() {
        assertThatThrownBy(() -> TaskSettings.of(workspace).withTimeLimit(Duration.ZERO))
                .hasMessage("timeLimit must be above 0, got PT0S");
    }
}
