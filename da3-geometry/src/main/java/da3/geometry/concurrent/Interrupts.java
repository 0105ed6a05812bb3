package da3.geometry.concurrent;

import java.util.concurrent.CancellationException;

/** Looks, between two pieces of long work, whether it is still wanted. */
public final class Interrupts {

    private Interrupts() {}

    /**
     * Checks that the calling thread is not interrupted. An interrupt is left as it is.
     *
     * @param work what ends where it is, for the message
     * @throws CancellationException if the thread is interrupted
     */
    public static void requireNone(String work) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException(work + " was cancelled: its thread was interrupted");
        }
    }
}
