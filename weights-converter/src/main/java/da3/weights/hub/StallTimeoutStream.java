package da3.weights.hub;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A stream that fails if reading stalls, since the body of an HTTP response has no timeout. Closing it stops its watchdog
 * thread.
 */
public final class StallTimeoutStream extends FilterInputStream {

    private static final long NOT_WAITING = -1;

    private final Duration timeout;
    private final ScheduledExecutorService watchdog;
    private final long start = System.nanoTime();

    /** Time since {@code start} at which the current read began; time between reads does not count. */
    private volatile long waitingSince = NOT_WAITING;

    private volatile boolean stalled;

    /**
     * Wraps a stream.
     *
     * @param body stream to read from, which may be closed by another thread
     * @param timeout maximum duration of one read
     */
    public StallTimeoutStream(InputStream body, Duration timeout) {
        super(body);
        this.timeout = timeout;
        this.watchdog = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "da3-stall-watchdog");
            thread.setDaemon(true);
            return thread;
        });
        long period = Math.max(1, timeout.toMillis() / 4);
        watchdog.scheduleWithFixedDelay(this::checkForStall, period, period, TimeUnit.MILLISECONDS);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        waitingSince = System.nanoTime() - start;
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
        watchdog.shutdownNow();
        super.close();
    }

    private void checkForStall() {
        long since = waitingSince;
        if (since == NOT_WAITING || System.nanoTime() - start - since < timeout.toNanos()) {
            return;
        }
        stalled = true;
        try {
            super.close();
        } catch (IOException e) {
            // the waiting read reports the stall
            watchdog.shutdown();
        }
    }

    private String message() {
        return "no data received for " + timeout.toMillis() + " ms";
    }
}
