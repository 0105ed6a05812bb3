package da3.server.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskEntryTest {

    @TempDir
    private Path workspace;

    @Test
    void whatIsReadIsNotRetiredAndWhatIsRetiredIsNotRead() throws Exception {
        TaskEntry entry = completed(null);
        assertThat(entry.hold()).isTrue();
        assertThat(entry.isHeld()).isTrue();
        assertThat(entry.retire()).isFalse();
        entry.release();
        assertThat(entry.retire()).isTrue();
        assertThat(entry.hold()).isFalse();
        assertThat(entry.isHeld()).isFalse();
    }

    @Test
    void whatHasEndedDoesNotFail() throws Exception {
        try (TaskStore store = TaskStore.open(workspace)) {
            TaskEntry entry = completed(store);
            entry.fail(new IllegalStateException("could not clear up"), Instant.now());
            assertThat(entry.task().status()).isEqualTo(TaskStatus.COMPLETED);
        }
    }

    @Test
    void aSecondCancellationLeavesTheEndToTheWorker() throws Exception {
        try (TaskStore store = TaskStore.open(workspace)) {
            Task pending = Tasks.inState(TaskStatus.PENDING, workspace.resolve("tasks"), Instant.now());
            TaskEntry entry = new TaskEntry(pending, Optional.empty(), store, new TaskListeners(Runnable::run));
            assertThat(entry.begin(Instant.now())).isTrue();
            Path partial = Files.createDirectory(store.folder(pending.id()).partial());
            entry.cancel(Instant.now());
            try {
                entry.complete(null, Optional.empty(), Instant.now());
            } catch (CancellationException cancelled) {
                entry.cancel(Instant.now());
                assertThat(entry.task().status()).isEqualTo(TaskStatus.RUNNING);
                entry.fail(cancelled, Instant.now());
            }
            assertThat(entry.task().status()).isEqualTo(TaskStatus.CANCELLED);
            assertThat(partial).doesNotExist();
        }
    }

    private TaskEntry completed(TaskStore store) {
        Task task = Tasks.inState(TaskStatus.COMPLETED, workspace, Instant.now());
        return new TaskEntry(task, Optional.empty(), store, new TaskListeners(Runnable::run));
    }
}
