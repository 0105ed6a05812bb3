package da3.server.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import da3.geometry.check.Check;
import da3.weights.hub.StallTimeoutStream;
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

/** Sends requests to one service, with its token. */
final class Connection {

    static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration STALL_TIMEOUT =
            Duration.ofSeconds(45); // three times the ping interval of the service

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MAX_JSON_BYTES = 1 << 26;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER) // the token must not reach other servers
            .build();

    private final URI base;
    private final Optional<String> token;
    private final Duration stallTimeout;

    Connection(URI base, Optional<String> token) {
        this(base, token, STALL_TIMEOUT);
    }

    /** @param stallTimeout maximum time without data while a response is read */
    Connection(URI base, Optional<String> token, Duration stallTimeout) {
        if (!("http".equals(base.getScheme()) || "https".equals(base.getScheme())) || base.getHost() == null) {
            throw Check.invalid("address of the service", "http://HOST:PORT", base);
        }
        this.base = URI.create(base.getScheme() + "://" + base.getRawAuthority() + "/");
        this.token = token;
        this.stallTimeout = stallTimeout;
    }

    /**
     * Starts a request.
     *
     * @param path path of characters that need no escaping, without a leading slash
     */
    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("/" + path));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    /** Sends a request and returns the JSON body of the response. */
    JsonNode json(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (InputStream body = send(request.timeout(RESPONSE_TIMEOUT))) {
            return MAPPER.readTree(text(body));
        } catch (JsonProcessingException e) {
            throw new IOException("the service at " + base + " sent a response that is not JSON", e);
        }
    }

    /**
     * Sends a request and returns the body of the response, which the caller closes.
     *
     * @throws BackendException if the status is not 2xx
     */
    InputStream send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response;
        try {
            response = http.send(request.build(), BodyHandlers.ofInputStream());
        } catch (ConnectException e) {
            throw new IOException("no service is running at " + base + ": start one with da3 backend", e);
        } catch (HttpTimeoutException e) {
            throw new IOException("the service at " + base + " does not respond", e);
        }
        InputStream body = new StallTimeoutStream(response.body(), stallTimeout);
        if (response.statusCode() / 100 != 2) {
            throw failure(response.statusCode(), response.headers().firstValue("Retry-After"), body);
        }
        return body;
    }

    private BackendException failure(int status, Optional<String> retryAfter, InputStream body) throws IOException {
        String message = "the service at " + base + " responded with status " + status;
        try (body) {
            JsonNode error = MAPPER.readTree(text(body)).path("error");
            message = error.isTextual() ? error.textValue() : message;
        } catch (JsonProcessingException e) {
            return new BackendException(status, message, null);
        }
        Duration wait = retryAfter
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(null);
        return new BackendException(status, message, wait);
    }

    /** Returns a JSON value; a missing node if the text is malformed. */
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
