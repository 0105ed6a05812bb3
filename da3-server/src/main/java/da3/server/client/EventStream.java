package da3.server.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Server-sent events, of which only the data is looked at; closed by itself where nothing comes for too long.
 *
 * <p>Source: WHATWG HTML, server-sent events.
 */
final class EventStream implements AutoCloseable {

    private static final String DATA = "data:";

    private final InputStream bytes;
    private final BufferedReader lines;
    private final Duration silence;
    private final AtomicLong lastNanos = new AtomicLong(System.nanoTime());
    private volatile boolean closed;

    /** @param silence that means that the service is gone */
    EventStream(InputStream bytes, Duration silence) {
        this.bytes = bytes;
        this.silence = silence;
        this.lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
        watch(silence.toMillis());
    }

    /** The next event's data; null at the end. */
    String next() throws IOException {
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            lastNanos.set(System.nanoTime());
            if (line.startsWith(DATA)) {
                data.append(line.substring(DATA.length()).strip());
            } else if (line.isEmpty() && data.length() > 0) {
                return data.toString();
            }
        }
        return null;
    }

    private void watch(long millis) {
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(() -> {
            long left = silence.toMillis() - (System.nanoTime() - lastNanos.get()) / 1_000_000;
            if (closed) {
                return;
            }
            if (left <= 0) {
                closeBytes();
            } else {
                watch(left);
            }
        });
    }

    private void closeBytes() {
        try {
            bytes.close();
        } catch (IOException e) {
            closed = true; // it was broken already
        }
    }

    @Override
    public void close() {
        closed = true;
        closeBytes();
    }
}
