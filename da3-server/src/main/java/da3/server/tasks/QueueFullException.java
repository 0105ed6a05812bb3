package da3.server.tasks;

import java.time.Duration;

/** As many tasks wait as may. */
public final class QueueFullException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Duration retryAfter;

    QueueFullException(int capacity, Duration retryAfter) {
        super(capacity + " tasks wait already, and no more may; a place is likely in " + retryAfter.toSeconds() + " s");
        this.retryAfter = retryAfter;
    }

    /** When a place in the queue is likely, going by recent tasks; whole seconds, at least 1. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
