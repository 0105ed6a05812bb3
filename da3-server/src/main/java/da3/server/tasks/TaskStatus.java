package da3.server.tasks;

import java.util.Locale;

/** Where a task stands. */
public enum TaskStatus {
    PENDING,
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELLED;

    /** Whether nothing will change any more. */
    public boolean ended() {
        return this != PENDING && this != RUNNING;
    }

    /** As files and messages name it, for instance {@code running}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
