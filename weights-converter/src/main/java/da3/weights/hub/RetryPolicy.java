package da3.weights.hub;

import java.time.Duration;

/**
 * Repeats failed requests after pauses of 1, 2, 4, 8 and 16 seconds. A host that has never responded gets only two
 * attempts.
 */
final class RetryPolicy {

    static final int MAX_ATTEMPTS = 6;

    static final int MAX_FIRST_CONTACTS = 2;

    /** Longer pauses requested by a server are shortened. */
    static final Duration MAX_PAUSE = Duration.ofMinutes(2);

    private final HubEnvironment environment;
    private int failures;
    private int firstContacts; // failures of hosts that have never responded

    RetryPolicy(HubEnvironment environment) {
        this.environment = environment;
    }

    /**
     * Waits before the next attempt.
     *
     * @throws HubException if no attempt is left
     */
    void backOff(TransientFailure failure) throws HubException {
        failures++;
        firstContacts += failure.isFirstContact() ? 1 : 0;
        if (failures == MAX_ATTEMPTS || firstContacts == MAX_FIRST_CONTACTS) {
            throw new HubException(
                    failure.getMessage() + "; gave up after " + failures + " attempts without progress", failure);
        }
        int maxAttempts = failure.isFirstContact() ? failures + MAX_FIRST_CONTACTS - firstContacts : MAX_ATTEMPTS;
        Duration pause = Duration.ofSeconds(1L << (failures - 1));
        if (failure.retryAfter().isPresent() && failure.retryAfter().get().compareTo(pause) > 0) {
            pause = failure.retryAfter().get();
        }
        if (pause.compareTo(MAX_PAUSE) > 0) {
            pause = MAX_PAUSE;
        }
        environment
                .warnings()
                .accept(failure.getMessage() + "; attempt " + (failures + 1) + " of " + maxAttempts + " in "
                        + pause.toSeconds() + " s");
        try {
            environment.pauses().pause(pause);
        } catch (InterruptedException e) {
            throw HubException.interrupted("the download", e);
        }
    }

    /** Resets the count after progress, since long downloads may be interrupted more often. */
    void reset() {
        failures = 0;
        firstContacts = 0;
    }
}
