package da3.server.http;

import io.javalin.http.Handler;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** A limit on concurrent requests of one kind, so that long requests do not occupy all threads. */
final class ConcurrencyLimit {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Semaphore permits;
    private final String what;

    /**
     * @param count maximum number of requests at a time
     * @param what plural noun for the requests, for messages
     */
    ConcurrencyLimit(int count, String what) {
        this.permits = new Semaphore(count);
        this.what = what;
    }

    /** Returns a handler that answers with status 503 while the limit is reached. */
    Handler limit(Handler handler) {
        return ctx -> {
            if (!permits.tryAcquire()) {
                throw new HttpError(
                                503, "too many " + what + " at a time; try again in " + RETRY_AFTER.toSeconds() + " s")
                        .withRetryAfter(RETRY_AFTER);
            }
            try {
                handler.handle(ctx);
            } finally {
                permits.release();
            }
        };
    }
}
