package da3.weights.hub;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A body that ends with an error where it pauses for too long; the HTTP client's own would wait for ever. */
final class StallTimeoutStream extends FilterInputStream {

    private static final long NOT_WAITING = -1;

    private final Duration retryPolicy;
    private final ScheduledExecutorService watch;
    private final long epoch = System.nanoTime();

    /** Since when a read waits, from the epoch on; time that the reader spends elsewhere does not count. */
    private volatile long waitingSince = NOT_WAITING;

    private volatile boolean stalled;

    StallTimeoutStream(InputStream body, Duration retryPolicy) {
        super(body);
        this.retryPolicy = retryPolicy;
        this.watch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "hub download watch");
            thread.setDaemon(true);
            return thread;
        });
        long period = Math.max(1, retryPolicy.toMillis() / 4);
        watch.scheduleWithFixedDelay(this::look, period, period, TimeUnit.MILLISECONDS);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        waitingSince = System.nanoTime() - epoch;
        try {
            int count = super.read(into, offset, length);
            if (stalled) {
                throw new IOException(message());
            }
            return count;
        } catch (IOException e) {
            throw stalled ? new IOException(message(), e) : e;
        } finally {
            waitingSince = NOT_WAITING;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public void close() throws IOException {
        watch.shutdownNow();
        super.close();
    }

    private void look() {
        long since = waitingSince;
        if (since == NOT_WAITING || System.nanoTime() - epoch - since < retryPolicy.toNanos()) {
            return;
        }
        stalled = true;
        try {
            super.close();
        } catch (IOException e) {
            // The read that waits reports the stall.
            watch.shutdown();
        }
    }

    private String message() {
        return "nothing came for " + retryPolicy.toMillis() + " ms";
    }
}
