package da3.server.tasks;

import java.util.Locale;

/** The status of a task. */
public enum TaskStatus {
    PENDING,
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELLED;

    /** Returns whether the status is final. */
    public boolean ended() {
        return this != PENDING && this != RUNNING;
    }

    /** Returns the name in files and responses, for instance {@code running}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
