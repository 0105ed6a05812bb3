package da3.server.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The service refused or failed; the message is its own sentence. */
public final class BackendException extends IOException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final transient Duration retryAfter;

    BackendException(int status, String sentence, Duration retryAfter) {
        super(sentence);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** Of HTTP. */
    public int status() {
        return status;
    }

    /** When to try again, where the service says so: its queue is full, for instance. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
