package da3.server.tasks;

import java.time.Duration;

/** Thrown if the queue of tasks is full. */
public final class QueueFullException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Duration retryAfter;

    QueueFullException(int capacity, Duration retryAfter) {
        super("the queue is full with " + capacity + " waiting tasks; try again in " + retryAfter.toSeconds() + " s");
        this.retryAfter = retryAfter;
    }

    /** Returns the estimated time until the queue accepts a task; whole seconds, at least 1. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
