package da3.server.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** An error response: an HTTP status, and a message that states the requirement and the actual value. */
final class HttpError extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final transient Map<String, String> headers = new LinkedHashMap<>();
    private final transient Map<String, Long> numbers = new LinkedHashMap<>();

    HttpError(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** Returns an error with status 400, for malformed requests. */
    static HttpError badRequest(String message) {
        return new HttpError(400, message);
    }

    /** Returns an error with status 422, for well-formed requests with invalid values. */
    static HttpError unprocessable(String message) {
        return new HttpError(422, message);
    }

    static HttpError taskNotFound() {
        return new HttpError(404, "no such task: use an id from /tasks");
    }

    HttpError withHeader(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Sets the header Retry-After, in seconds. */
    HttpError withRetryAfter(Duration wait) {
        return withHeader("Retry-After", Long.toString(Math.max(1, wait.toSeconds())));
    }

    /** Adds a number to the JSON body. */
    HttpError withNumber(String name, long value) {
        numbers.put(name, value);
        return this;
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    Map<String, Long> numbers() {
        return numbers;
    }
}
