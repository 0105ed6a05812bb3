package da3.weights.hub;

import java.time.Duration;
import java.util.Optional;

/** What may be gone at the next attempt: a cut connection, a busy server. */
final class TransientFailure extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Optional<Duration> retryAfter;
    private final boolean firstContact;

    TransientFailure(String message) {
        this(message, Optional.empty());
    }

    TransientFailure(String message, Throwable cause) {
        this(message + ": " + HubException.reason(cause), cause, Optional.empty(), false);
    }

    TransientFailure(String message, Optional<Duration> retryAfter) {
        this(message, null, retryAfter, false);
    }

    private TransientFailure(String message, Throwable cause, Optional<Duration> retryAfter, boolean firstContact) {
        super(message, cause);
        this.retryAfter = retryAfter;
        this.firstContact = firstContact;
    }

    /** This failure, of a host that has never answered yet: more likely than not its address is wrong. */
    TransientFailure atFirstContact() {
        return new TransientFailure(getMessage(), getCause(), retryAfter, true);
    }

    boolean isFirstContact() {
        return firstContact;
    }

    /** How long the server asks to be left alone. */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
