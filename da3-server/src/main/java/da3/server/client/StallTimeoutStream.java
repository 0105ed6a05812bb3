package da3.server.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A body that is closed where a reader waits for too long, so that no service keeps its client for ever. */
final class StallTimeoutStream extends FilterInputStream {

    private final Duration silence;
    private volatile OptionalLong waitingSince = OptionalLong.empty(); // nanoseconds; empty while nobody reads
    private volatile boolean silent;
    private volatile boolean closed;

    /** @param silence that means that the service is gone */
    StallTimeoutStream(InputStream bytes, Duration silence) {
        super(bytes);
        this.silence = silence;
        watch(silence.toMillis());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        waitingSince = OptionalLong.of(System.nanoTime());
        int count;
        try {
            count = super.read(buffer, offset, length);
        } catch (IOException e) {
            requireHeard();
            throw e;
        } finally {
            waitingSince = OptionalLong.empty();
        }
        requireHeard();
        return count;
    }

    /** What was closed under its reader may look like the end. */
    private void requireHeard() throws IOException {
        if (silent) {
            throw new IOException("the service sends nothing for " + silence.toMillis() / 1e3 + " s");
        }
    }

    private void watch(long millis) {
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(() -> {
            if (closed) {
                return;
            }
            OptionalLong since = waitingSince;
            long waited = since.isPresent() ? (System.nanoTime() - since.getAsLong()) / 1_000_000 : 0;
            if (waited < silence.toMillis()) {
                watch(silence.toMillis() - waited);
                return;
            }
            silent = true;
            try {
                close();
            } catch (IOException e) {
                closed = true; // it was broken already
            }
        });
    }

    @Override
    public void close() throws IOException {
        closed = true;
        super.close();
    }
}
