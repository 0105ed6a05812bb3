package da3.weights.hub;

import java.time.Duration;

/**
 * How often one thing is tried, and how long is waited in between: 1, 2, 4, 8 and 16 seconds. A host that has never
 * answered gets a second try and no more.
 */
final class RetryPolicy {

    static final int ATTEMPTS = 6;

    static final int FIRST_CONTACTS = 2;

    /** However long a server asks for. */
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private final HubEnvironment environment;
    private int failures;
    private int firstContacts; // of the failures

    RetryPolicy(HubEnvironment environment) {
        this.environment = environment;
    }

    /**
     * Waits until the next attempt.
     *
     * @throws HubException if there is none left
     */
    void failed(TransientFailure failure) throws HubException {
        failures++;
        firstContacts += failure.isFirstContact() ? 1 : 0;
        if (failures == ATTEMPTS || firstContacts == FIRST_CONTACTS) {
            throw new HubException(
                    failure.getMessage() + "; given up after " + failures + " attempts without progress", failure);
        }
        int most = failure.isFirstContact() ? failures + FIRST_CONTACTS - firstContacts : ATTEMPTS;
        Duration pause = Duration.ofSeconds(1L << (failures - 1));
        if (failure.retryAfter().isPresent() && failure.retryAfter().get().compareTo(pause) > 0) {
            pause = failure.retryAfter().get();
        }
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
            pause = LONGEST_PAUSE;
        }
        environment
                .warnings()
                .accept(failure.getMessage() + "; attempt " + (failures + 1) + " of " + most + " in "
                        + pause.toSeconds() + " s");
        try {
            environment.pauses().pause(pause);
        } catch (InterruptedException e) {
            throw HubException.interrupted("the download", e);
        }
    }

    /** Counts anew, since a long download over a bad line may be cut more often than a short one. */
    void progressed() {
        failures = 0;
        firstContacts = 0;
    }
}
