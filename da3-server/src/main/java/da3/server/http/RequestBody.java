package da3.server.http;

import da3.geometry.check.Check;
import da3.server.wire.SafeText;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** A reader of request bodies that limits their size and the total time of reading. */
final class RequestBody {

    private final InputStream bytes;
    private final long maxBytes;
    private final Duration timeout;
    private final long start = System.nanoTime();
    private long read;

    /** @throws HttpError if the body is encoded or its Content-Length is too large */
    RequestBody(Context ctx, long maxBytes, Duration timeout) throws IOException {
        this.maxBytes = maxBytes;
        this.timeout = timeout;
        String encoding = ctx.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new HttpError(415, Check.message("encoding of the body", "absent", SafeText.sanitize(encoding)));
        }
        if (ctx.req().getContentLengthLong() > maxBytes) {
            throw tooLarge();
        }
        this.bytes = ctx.req().getInputStream();
    }

    /**
     * Reads some bytes, and returns their number or -1 at the end.
     *
     * @throws HttpError if the body is incomplete, too large or too slow
     */
    int read(byte[] buffer) throws IOException {
        int count;
        try {
            count = bytes.read(buffer);
        } catch (IOException e) {
            if (isTimeout(e)) {
                throw tooSlow("no data arrived for too long");
            }
            throw HttpError.badRequest("the body ends before it is complete");
        }
        if (System.nanoTime() - start > timeout.toNanos()) {
            throw tooSlow("it took more than " + timeout.toSeconds() + " s");
        }
        read += Math.max(0, count);
        if (read > maxBytes) {
            throw tooLarge();
        }
        return count;
    }

    private HttpError tooLarge() {
        return new HttpError(413, Check.message("size of the body", "at most " + maxBytes + " bytes", "more"))
                .withHeader("Connection", "close");
    }

    private static HttpError tooSlow(String reason) {
        return new HttpError(408, "the body arrives too slowly: " + reason).withHeader("Connection", "close");
    }

    private static boolean isTimeout(Throwable e) {
        return e != null && (e instanceof TimeoutException || isTimeout(e.getCause()));
    }
}
