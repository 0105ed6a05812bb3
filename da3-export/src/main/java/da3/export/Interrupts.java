package da3.export;

import java.util.concurrent.CancellationException;

/** Looks, between two pieces of a long export, whether it is still wanted. */
final class Interrupts {

    private Interrupts() {}

    /** @throws CancellationException if the calling thread is interrupted, as it stays */
    static void requireNone() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("export was cancelled");
        }
    }
}
