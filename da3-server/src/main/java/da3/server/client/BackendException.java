package da3.server.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** An error response of a service, with the message of the service. */
public final class BackendException extends IOException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final transient Duration retryAfter;

    BackendException(int status, String message, Duration retryAfter) {
        super(message);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns the waiting time before a retry, if the service has sent one, for instance because its queue is full. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
