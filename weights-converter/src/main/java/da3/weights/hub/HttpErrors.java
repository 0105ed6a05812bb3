package da3.weights.hub;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Converts HTTP statuses other than success to errors for the user or transient failures. */
final class HttpErrors {

    static final String ERROR_CODE = "X-Error-Code";

    static final String NO_MODEL = "RepoNotFound";

    private static final Set<Integer> TRANSIENT = Set.of(429, 500, 502, 503, 504);

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

    private final Origin endpoint;
    private final boolean hasToken;
    private final Clock clock;

    HttpErrors(Origin endpoint, boolean hasToken, Clock clock) {
        this.endpoint = endpoint;
        this.hasToken = hasToken;
        this.clock = clock;
    }

    /**
     * Returns the error for a status.
     *
     * @throws TransientFailure if another attempt may succeed
     */
    HubException of(int status, HttpHeaders headers, URI uri, String what) throws TransientFailure {
        Origin origin = Origin.of(uri);
        String message = origin + " answered " + status + " for " + what;
        if (TRANSIENT.contains(status)) {
            throw new TransientFailure(message, retryAfter(headers));
        }
        boolean forbidden = status == 401 || status == 403;
        if (forbidden && !origin.equals(endpoint)) {
            // signed addresses of a storage host expire; the next attempt gets a new one
            throw new TransientFailure(message);
        }
        if (forbidden) {
            return new HubException(message + ": " + advice(headers.firstValue(ERROR_CODE)));
        }
        return new HubException(message + ", expected the file");
    }

    private String advice(Optional<String> code) {
        // the hub does not disclose which models are private
        String reason = code.filter(NO_MODEL::equals).isPresent()
                ? "there is no such model, or it is private"
                : "the model is gated or private";
        return reason
                + (hasToken ? "; HF_TOKEN is set but gives no access to it" : "; set HF_TOKEN to an access token");
    }

    private Optional<Duration> retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After").flatMap(text -> {
            if (SECONDS.matcher(text).matches()) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
            }
            try {
                ZonedDateTime until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
                return Optional.of(Duration.between(clock.instant(), until.toInstant()));
            } catch (DateTimeParseException e) {
                // the header is optional, so an invalid one is ignored
                return Optional.empty();
            }
        });
    }
}
