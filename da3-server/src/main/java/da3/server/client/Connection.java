package da3.server.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import da3.geometry.check.Check;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Requests to one service, with its token. */
final class Connection {

    static final Duration ANSWER = Duration.ofSeconds(30);

    private static final Duration SILENCE = Duration.ofSeconds(45); // three times the service's

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MAX_JSON_BYTES = 1 << 26;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER) // the token is for this service only
            .build();

    private final URI base;
    private final Optional<String> token;
    private final Duration silence;

    Connection(URI base, Optional<String> token) {
        this(base, token, SILENCE);
    }

    /** @param silence within an answer that means that the service is gone */
    Connection(URI base, Optional<String> token, Duration silence) {
        if (!("http".equals(base.getScheme()) || "https".equals(base.getScheme())) || base.getHost() == null) {
            throw Check.invalid("address of the service", "http://HOST:PORT", base);
        }
        this.base = URI.create(base.getScheme() + "://" + base.getRawAuthority() + "/");
        this.token = token;
        this.silence = silence;
    }

    /** @param path of characters that need no escape */
    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("/" + path));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    JsonNode json(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (InputStream body = send(request.timeout(ANSWER))) {
            return MAPPER.readTree(text(body));
        } catch (JsonProcessingException e) {
            throw new IOException("the service at " + base + " answers with something else than JSON", e);
        }
    }

    /**
     * The body of an answer, which is no failure.
     *
     * @throws BackendException if it is one
     */
    InputStream send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response;
        try {
            response = http.send(request.build(), BodyHandlers.ofInputStream());
        } catch (ConnectException e) {
            throw new IOException("there is no service at " + base + ": start one with da3 backend", e);
        } catch (HttpTimeoutException e) {
            throw new IOException("the service at " + base + " does not answer", e);
        }
        InputStream body = new StallTimeoutStream(response.body(), silence);
        if (response.statusCode() / 100 != 2) {
            throw failure(response.statusCode(), response.headers().firstValue("Retry-After"), body);
        }
        return body;
    }

    private BackendException failure(int status, Optional<String> retryAfter, InputStream body) throws IOException {
        String sentence = "the service at " + base + " answers with status " + status;
        try (body) {
            JsonNode error = MAPPER.readTree(text(body)).path("error");
            sentence = error.isTextual() ? error.textValue() : sentence;
        } catch (JsonProcessingException e) {
            return new BackendException(status, sentence, null);
        }
        Duration wait = retryAfter
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(null);
        return new BackendException(status, sentence, wait);
    }

    static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static String text(InputStream body) throws IOException {
        return new String(body.readNBytes(MAX_JSON_BYTES), StandardCharsets.UTF_8);
    }
}
