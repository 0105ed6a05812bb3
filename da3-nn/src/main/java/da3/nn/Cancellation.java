package da3.nn;

import java.util.concurrent.CancellationException;

/**
 * Stops a call at its next step once its caller was interrupted.
 *
 * <p>Its {@link #step} and {@link #check} throw {@link CancellationException} then.
 */
public final class Cancellation implements Progress {

    private final Progress told;
    private volatile boolean cancelled;

    /** @param told of every step that is not the last of a cancelled call */
    public Cancellation(Progress told) {
        this.told = told;
    }

    /** May be called from any thread. */
    public void cancel() {
        cancelled = true;
    }

    /** Throws if cancelled. */
    public void check() {
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
