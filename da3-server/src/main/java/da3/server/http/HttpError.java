package da3.server.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request that is not served: an HTTP status, and a sentence that says what a value must be and what it is. */
final class HttpError extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final transient Map<String, String> headers = new LinkedHashMap<>();
    private final transient Map<String, Long> figures = new LinkedHashMap<>();

    HttpError(int status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
    }

    static HttpError malformed(String sentence) {
        return new HttpError(400, sentence);
    }

    static HttpError illegal(String sentence) {
        return new HttpError(422, sentence);
    }

    static HttpError unknownTask() {
        return new HttpError(404, "there is no such task: use an id that /tasks lists");
    }

    HttpError withHeader(String name, String value) {
        headers.put(name, value);
        return this;
    }

    HttpError withRetryAfter(Duration wait) {
        return withHeader("Retry-After", Long.toString(Math.max(1, wait.toSeconds())));
    }

    /** One more number of the answer, by its name. */
    HttpError withFigure(String name, long value) {
        figures.put(name, value);
        return this;
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    Map<String, Long> figures() {
        return figures;
    }
}
