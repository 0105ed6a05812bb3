package da3.server.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
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

    private TaskEntry completed(TaskStore store) {
        Task task = Tasks.inState(TaskStatus.COMPLETED, workspace, Instant.now());
        return new TaskEntry(task, Optional.empty(), store, new Watchers(Runnable::run));
    }
}
