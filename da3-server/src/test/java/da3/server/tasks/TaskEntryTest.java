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
    void pinsAndRetirementExcludeEachOther() throws Exception {
        TaskEntry entry = completed(null);
        assertThat(entry.pin()).isTrue();
        assertThat(entry.isPinned()).isTrue();
        assertThat(entry.retire()).isFalse();
        entry.unpin();
        assertThat(entry.retire()).isTrue();
        assertThat(entry.pin()).isFalse();
        assertThat(entry.isPinned()).isFalse();
    }

    @Test
    void endedTaskDoesNotFail() throws Exception {
        try (TaskStore store = TaskStore.open(workspace)) {
            TaskEntry entry = completed(store);
            entry.fail(new IllegalStateException("could not clear up"), Instant.now());
            assertThat(entry.task().status()).isEqualTo(TaskStatus.COMPLETED);
        }
    }

    @Test
    void secondCancellationLeavesTheEndToTheWorker() throws Exception {
        try (TaskStore store = TaskStore.open(workspace)) {
            Task pending = TaskFixtures.inState(TaskStatus.PENDING, workspace.resolve("tasks"), Instant.now());
            TaskEntry entry = new TaskEntry(pending, Optional.empty(), store, new TaskListeners(Runnable::run));
            assertThat(entry.start(Instant.now())).isTrue();
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
        Task task = TaskFixtures.inState(TaskStatus.COMPLETED, workspace, Instant.now());
        return new TaskEntry(task, Optional.empty(), store, new TaskListeners(Runnable::run));
    }
}
