package da3.geometry.concurrent;

import java.util.concurrent.CancellationException;

/** Checks of whether the calling thread was interrupted, for use between steps of long work. */
public final class Interrupts {

    private Interrupts() {}

    /**
     * Checks that the calling thread is not interrupted. The interrupt status is not cleared.
     *
     * @param work names the work in the message of the exception
     * @throws CancellationException if the thread is interrupted
     */
    public static void requireNone(String work) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException(work + " was cancelled: its thread was interrupted");
        }
    }
}
