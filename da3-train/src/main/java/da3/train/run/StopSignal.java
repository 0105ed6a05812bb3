package da3.train.run;

import da3.files.PartialOutput;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/**
 * Turns SIGTERM and SIGINT into a request to stop, and keeps the process alive until the run has saved. The process
 * then ends with the exit status of the signal, 143 or 130.
 */
public final class StopSignal implements BooleanSupplier, AutoCloseable {

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "da3 training stop");
    private volatile boolean requested;

    /** Starts to listen for signals. */
    public StopSignal() {
        PartialOutput.writeUntil(ended);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void stop() {
        requested = true;
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean getAsBoolean() {
        return requested;
    }

    /** Reports that everything is saved. */
    @Override
    public void close() {
        ended.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // the signal arrived just now; the hook finds that everything is saved
            }
        }
    }
}
