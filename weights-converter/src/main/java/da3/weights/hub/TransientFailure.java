package da3.weights.hub;

import java.time.Duration;
import java.util.Optional;

/** A failure that may not occur at the next attempt, for instance an interrupted connection or a busy server. */
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

    /** Returns this failure, marked as one of a host that has never responded, whose address is probably wrong. */
    TransientFailure asFirstContact() {
        return new TransientFailure(getMessage(), getCause(), retryAfter, true);
    }

    boolean isFirstContact() {
        return firstContact;
    }

    /** Returns the pause that the server requests. */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
