package da3.nn;

import java.util.concurrent.CancellationException;

/**
 * Cancels a computation at its next step.
 *
 * <p>After {@link #cancel}, {@link #step} and {@link #check} throw {@link CancellationException}.
 */
public final class Cancellation implements Progress {

    private final Progress progress;
    private volatile boolean cancelled;

    /** @param progress receives every step before the cancellation */
    public Cancellation(Progress progress) {
        this.progress = progress;
    }

    /** Requests cancellation; may be called from any thread. */
    public void cancel() {
        cancelled = true;
    }

    /** @throws CancellationException after {@link #cancel} */
    public void check() {
        if (cancelled) {
            throw new CancellationException("prediction was cancelled: its thread was interrupted");
        }
    }

    @Override
    public void step(String stage, int done, int total) {
        check();
        progress.step(stage, done, total);
    }
}
