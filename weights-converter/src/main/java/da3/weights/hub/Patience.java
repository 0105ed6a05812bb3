package da3.weights.hub;

import java.time.Duration;

/** How often one thing is tried, and how long is waited in between: 1, 2, 4, 8 and 16 seconds. */
final class Patience {

    static final int ATTEMPTS = 6;

    /** However long a server asks for. */
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private final Surroundings surroundings;
    private int failures;

    Patience(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * Waits until the next attempt.
     *
     * @throws HubException if there is none left
     */
    void failed(TransientFailure failure) throws HubException {
        failures++;
        if (failures == ATTEMPTS) {
            throw new HubException(
                    failure.getMessage() + "; given up after " + ATTEMPTS + " attempts without progress", failure);
        }
        Duration pause = Duration.ofSeconds(1L << (failures - 1));
        if (failure.retryAfter().isPresent() && failure.retryAfter().get().compareTo(pause) > 0) {
            pause = failure.retryAfter().get();
        }
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
            pause = LONGEST_PAUSE;
        }
        surroundings
                .warnings()
                .accept(failure.getMessage() + "; attempt " + (failures + 1) + " of " + ATTEMPTS + " in "
                        + pause.toSeconds() + " s");
        try {
            surroundings.pauses().pause(pause);
        } catch (InterruptedException e) {
            throw HubException.interrupted("the download", e);
        }
    }

    /** Counts anew, since a long download over a bad line may be cut more often than a short one. */
    void progressed() {
        failures = 0;
    }
}
