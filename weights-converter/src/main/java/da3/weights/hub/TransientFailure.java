package da3.weights.hub;

import java.time.Duration;
import java.util.Optional;

/** What may be gone at the next attempt: a cut connection, a busy server. */
final class TransientFailure extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Optional<Duration> retryAfter;

    TransientFailure(String message) {
        super(message);
        this.retryAfter = Optional.empty();
    }

    TransientFailure(String message, Throwable cause) {
        super(message + ": " + HubException.reason(cause), cause);
        this.retryAfter = Optional.empty();
    }

    TransientFailure(String message, Optional<Duration> retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    /** How long the server asks to be left alone. */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
