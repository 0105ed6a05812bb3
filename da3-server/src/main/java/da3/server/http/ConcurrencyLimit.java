package da3.server.http;

import io.javalin.http.Handler;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** So many requests of a kind at a time, that those which hold a thread for long leave threads for others. */
final class ConcurrencyLimit {

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Semaphore free;
    private final String what;

    /** @param what there would be too many of, for the message */
    ConcurrencyLimit(int count, String what) {
        this.free = new Semaphore(count);
        this.what = what;
    }

    Handler around(Handler handler) {
        return ctx -> {
            if (!free.tryAcquire()) {
                throw new HttpError(503, "too many " + what + " at a time; try again in " + RETRY.toSeconds() + " s")
                        .withRetryAfter(RETRY);
            }
            try {
                handler.handle(ctx);
            } finally {
                free.release();
            }
        };
    }
}
