package da3.server.http;

import da3.geometry.check.Check;
import da3.server.wire.SafeText;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** A request's bytes: not more than allowed, and not slower. */
final class RequestBody {

    private final InputStream bytes;
    private final long maxBytes;
    private final Duration total;
    private final long start = System.nanoTime();
    private long read;

    /** @throws HttpError if its length is told and too large already */
    RequestBody(Context ctx, long maxBytes, Duration total) throws IOException {
        this.maxBytes = maxBytes;
        this.total = total;
        String encoding = ctx.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new HttpError(415, Check.message("encoding of the body", "absent", SafeText.shortened(encoding)));
        }
        if (ctx.req().getContentLengthLong() > maxBytes) {
            throw tooLarge();
        }
        this.bytes = ctx.req().getInputStream();
    }

    /** Some bytes, or -1 at the end. */
    int read(byte[] buffer) throws IOException {
        int count;
        try {
            count = bytes.read(buffer);
        } catch (IOException e) {
            if (isTimeout(e)) {
                throw tooSlow("nothing came for too long");
            }
            throw HttpError.malformed("the body ends before it is complete");
        }
        if (System.nanoTime() - start > total.toNanos()) {
            throw tooSlow("it took more than " + total.toSeconds() + " s");
        }
        read += Math.max(0, count);
        if (read > maxBytes) {
            throw tooLarge();
        }
        return count;
    }

    private HttpError tooLarge() {
        return new HttpError(413, "the body has more than " + maxBytes + " bytes").withHeader("Connection", "close");
    }

    private static HttpError tooSlow(String how) {
        return new HttpError(408, "the body comes too slowly: " + how).withHeader("Connection", "close");
    }

    private static boolean isTimeout(Throwable e) {
        return e != null && (e instanceof TimeoutException || isTimeout(e.getCause()));
    }
}
