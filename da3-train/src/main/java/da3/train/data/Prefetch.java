package da3.train.data;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;

/** Reads the batches of the next steps on a background thread. */
public final class Prefetch implements AutoCloseable {

    private static final int STEPS_AHEAD = 3;

    private final BlockingQueue<Step> ready = new ArrayBlockingQueue<>(STEPS_AHEAD);
    private final Thread thread;

    /** The batches of a step, or the exception that prevented reading them. */
    private record Step(List<Batch> batches, Exception failure) {}

    /** Starts to read the steps from {@code from} (inclusive) to {@code to} (exclusive). */
    public Prefetch(BatchSource source, long from, long to) {
        thread = new Thread(() -> run(source, from, to), "da3 training data");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(BatchSource source, long from, long to) {
        try {
            for (long step = from; step < to; step++) {
                ready.put(read(source, step));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private static Step read(BatchSource source, long step) {
        try {
            return new Step(source.read(step), null);
        } catch (IOException | RuntimeException e) {
            return new Step(null, e);
        }
    }

    /**
     * Returns the batches of the next step.
     *
     * @throws IOException if they cannot be read
     * @throws CancellationException if the calling thread is interrupted; its interrupt status is kept
     */
    public List<Batch> next() throws IOException {
        Step step;
        try {
            step = ready.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
        if (step.failure instanceof IOException failure) {
            throw failure;
        }
        if (step.failure instanceof RuntimeException failure) {
            throw failure;
        }
        return step.batches;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
