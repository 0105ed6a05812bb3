package da3.nn;

import java.util.concurrent.CancellationException;

/** Stops a call at its next step once its caller was interrupted. */
final class Cancellation implements Progress {

    private final Progress told;
    private volatile boolean cancelled;

    /** @param told of every step that is not the last of a cancelled call */
    Cancellation(Progress told) {
        this.told = told;
    }

    /** May be called from any thread. */
    void cancel() {
        cancelled = true;
    }

    void check() {
        if (cancelled) {
            throw new CancellationException("prediction was cancelled: its thread was interrupted");
        }
    }

    @Override
    public void step(String stage, int done, int total) {
        check();
        told.step(stage, done, total);
    }
}
