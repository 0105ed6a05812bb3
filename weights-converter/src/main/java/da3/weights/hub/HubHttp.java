package da3.weights.hub;

import da3.weights.safetensors.UntrustedText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests to the hub and follows its redirects. The token is sent only to the origin of the endpoint, and a
 * secure endpoint cannot redirect to an insecure address.
 */
final class HubHttp {

    private static final int MAX_REDIRECTS = 10;

    private static final Set<Integer> REDIRECT_STATUSES = Set.of(301, 302, 303, 307, 308);

    private final HubEnvironment environment;
    private final Origin endpoint;
    private final Optional<String> token;
    private final HttpErrors httpErrors;
    private final Set<Origin> responded = ConcurrentHashMap.newKeySet();

    HubHttp(HubSettings settings, HubEnvironment environment) {
        this.environment = environment;
        this.endpoint = Origin.of(settings.endpoint());
        this.token = settings.token().filter(value -> endpoint.isSecure());
        this.httpErrors = new HttpErrors(endpoint, settings.token().isPresent(), environment.clock());
        if (settings.token().isPresent() && token.isEmpty()) {
            environment.warnings().accept("the hub token is not sent to " + endpoint + ", since it is not https");
        }
    }

    /**
     * Requests the headers of a file. Redirects within the hub, for instance for a renamed model, are followed; a
     * redirect to a storage host is a result.
     *
     * @param what name of the file in messages
     */
    Head head(URI uri, String what) throws HubException, TransientFailure {
        List<HttpHeaders> newestFirst = new ArrayList<>();
        URI current = uri;
        for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(current).method("HEAD", HttpRequest.BodyPublishers.noBody());
            HttpResponse<Void> response = exchange(request, BodyHandlers.discarding());
            newestFirst.add(0, response.headers());
            int status = response.statusCode();
            if (!REDIRECT_STATUSES.contains(status)
                    || target(current, response, what).isAbsolute()) {
                if (status != 200 && status != 404 && !REDIRECT_STATUSES.contains(status)) {
                    throw httpErrors.of(status, response.headers(), current, what);
                }
                return new Head(status, newestFirst);
            }
            current = follow(current, target(current, response, what), what);
        }
        throw tooManyRedirects(what);
    }

    /**
     * Requests the bytes of a file from an offset on, following all redirects.
     *
     * @return a response with status 200, 206 or 416
     */
    Body get(URI uri, long from, String what) throws HubException, TransientFailure {
        URI current = uri;
        for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
            HttpRequest.Builder request = HttpRequest.newBuilder(current).GET();
            if (from > 0) {
                request.header("Range", "bytes=" + from + "-");
            }
            HttpResponse<InputStream> response = exchange(request, BodyHandlers.ofInputStream());
            int status = response.statusCode();
            if (status == 200 || status == 206 || status == 416) {
                InputStream body = new StallTimeoutStream(response.body(), environment.stallTimeout());
                return new Body(status, response.headers(), body);
            }
            discard(response.body());
            if (!REDIRECT_STATUSES.contains(status)) {
                throw httpErrors.of(status, response.headers(), current, what);
            }
            current = follow(current, target(current, response, what), what);
        }
        throw tooManyRedirects(what);
    }

    private <T> HttpResponse<T> exchange(HttpRequest.Builder request, BodyHandler<T> handler)
            throws HubException, TransientFailure {
        // a compressed response would match neither the announced size nor a range
        request.header("Accept-Encoding", "identity").header("User-Agent", "da3-jvm");
        Origin origin = Origin.of(request.build().uri());
        if (token.isPresent() && origin.equals(endpoint)) {
            request.header("Authorization", "Bearer " + token.get());
        }
        CompletableFuture<HttpResponse<T>> pending = environment.http().sendAsync(request.build(), handler);
        try {
            HttpResponse<T> response = pending.get(environment.responseTimeout().toMillis(), TimeUnit.MILLISECONDS);
            responded.add(origin);
            return response;
        } catch (TimeoutException e) {
            pending.cancel(true);
            throw failure(
                    origin,
                    new TransientFailure(origin + " did not answer within "
                            + environment.responseTimeout().toMillis() + " ms"));
        } catch (InterruptedException e) {
            pending.cancel(true);
            throw HubException.interrupted("the request to " + origin, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException && !isUntrustedCertificate(e)) {
                throw failure(origin, new TransientFailure(origin + " cannot be reached", e.getCause()));
            }
            throw new HubException("the request to " + origin + " failed: " + HubException.reason(e.getCause()), e);
        }
    }

    private TransientFailure failure(Origin origin, TransientFailure failure) {
        return responded.contains(origin) ? failure : failure.asFirstContact();
    }

    /** Returns whether a certificate is not trusted, which another attempt would not change. */
    private static boolean isUntrustedCertificate(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    /** Returns the relative or absolute address of a redirect. */
    private static URI target(URI current, HttpResponse<?> response, String what) throws HubException {
        String location = response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new HubException(
                        Origin.of(current) + " redirects " + what + " without an address (no Location)"));
        try {
            URI target = new URI(location);
            // an address without a scheme may still have a host
            return target.getRawAuthority() == null ? target : current.resolve(target);
        } catch (URISyntaxException e) {
            throw new HubException(
                    Origin.of(current) + " redirects " + what + " to '" + UntrustedText.shown(location)
                            + "', which is not an address",
                    e);
        }
    }

    private URI follow(URI current, URI target, String what) throws HubException {
        URI next = current.resolve(target);
        String scheme = next.getScheme() == null ? "" : next.getScheme();
        boolean secure = scheme.equalsIgnoreCase("https");
        boolean allowed = secure || scheme.equalsIgnoreCase("http") && !endpoint.isSecure();
        if (!allowed || next.getHost() == null || next.getRawUserInfo() != null) {
            // path and query of a storage address may be secret
            throw new HubException(
                    Origin.of(current) + " redirects " + what + " to " + UntrustedText.shown(scheme) + "://"
                            + UntrustedText.shown(String.valueOf(next.getHost())) + ", expected "
                            + (endpoint.isSecure() ? "https" : "http or https") + " to a plain host");
        }
        return next;
    }

    private static HubException tooManyRedirects(String what) {
        return new HubException(what + " is redirected more than " + MAX_REDIRECTS + " times");
    }

    private static void discard(InputStream body) throws TransientFailure {
        try {
            body.close();
        } catch (IOException e) {
            throw new TransientFailure("the response was truncated", e);
        }
    }

    /**
     * The headers of a file.
     *
     * @param status 200, 404 or a redirect to another host
     * @param newestFirst headers of all responses, including redirects
     */
    record Head(int status, List<HttpHeaders> newestFirst) {

        /** Returns the value of a header in the newest response that has it. */
        Optional<String> newest(String header) {
            return newestFirst.stream()
                    .flatMap(headers -> headers.firstValue(header).stream())
                    .findFirst();
        }

        /** Returns the value of a header in the last response. */
        Optional<String> last(String header) {
            return newestFirst.get(0).firstValue(header);
        }
    }

    /** A response with a part of a file, or with status 416. */
    record Body(int status, HttpHeaders headers, InputStream stream) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
