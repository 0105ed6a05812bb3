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

/** What a status other than success means: an error for the user, or a reason to try again. */
final class HttpErrors {

    static final String ERROR_CODE = "X-Error-Code";

    static final String NO_MODEL = "RepoNotFound";

    private static final Set<Integer> PASSING = Set.of(429, 500, 502, 503, 504);

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
     * @return the error that is final
     * @throws TransientFailure if another attempt may succeed
     */
    HubException of(int status, HttpHeaders headers, URI at, String what) throws TransientFailure {
        Origin origin = Origin.of(at);
        String answered = origin + " answered " + status + " for " + what;
        if (PASSING.contains(status)) {
            throw new TransientFailure(answered, retryAfter(headers));
        }
        boolean forbidden = status == 401 || status == 403;
        if (forbidden && !origin.equals(endpoint)) {
            // Addresses of a storage host are signed for a while only; the next attempt gets a new one.
            throw new TransientFailure(answered);
        }
        if (forbidden) {
            return new HubException(answered + ": " + advice(headers.firstValue(ERROR_CODE)));
        }
        return new HubException(answered + "; expected: the file");
    }

    private String advice(Optional<String> code) {
        // The hub does not tell strangers which models are private.
        String reason = code.filter(NO_MODEL::equals).isPresent()
                ? "there is no such model, or it is private"
                : "the model is gated or private";
        return reason + (hasToken ? "; HF_TOKEN is set but gives no access to it" : "; HF_TOKEN takes an access token");
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
                // No more than a wish, and this one cannot be read.
                return Optional.empty();
            }
        });
    }
}
