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
 * Requests to the hub and to where it redirects. The token goes to the endpoint's own origin and nowhere else, and a
 * secure endpoint never leads to an insecure address.
 */
final class HubHttp {

    private static final int MOST_REDIRECTS = 10;

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HubEnvironment environment;
    private final Origin endpoint;
    private final Optional<String> token;
    private final HttpErrors httpErrors;
    private final Set<Origin> answered = ConcurrentHashMap.newKeySet();

    HubHttp(HubSettings settings, HubEnvironment environment) {
        this.environment = environment;
        this.endpoint = Origin.of(settings.endpoint());
        this.token = settings.token().filter(anyone -> endpoint.isSecure());
        this.httpErrors = new HttpErrors(endpoint, settings.token().isPresent(), environment.clock());
        if (settings.token().isPresent() && token.isEmpty()) {
            environment.warnings().accept("the hub token is not sent to " + endpoint + ", since that is not https");
        }
    }

    /**
     * What the hub says of a file. Redirects within the hub, as of a renamed model, are followed; one to a storage
     * host is an answer.
     *
     * @param what the file, for messages
     */
    Head head(URI uri, String what) throws HubException, TransientFailure {
        List<HttpHeaders> newestFirst = new ArrayList<>();
        URI at = uri;
        for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(at).method("HEAD", HttpRequest.BodyPublishers.noBody());
            HttpResponse<Void> answer = exchange(request, BodyHandlers.discarding());
            newestFirst.add(0, answer.headers());
            int status = answer.statusCode();
            if (!REDIRECTS.contains(status) || target(at, answer, what).isAbsolute()) {
                if (status != 200 && status != 404 && !REDIRECTS.contains(status)) {
                    throw httpErrors.of(status, answer.headers(), at, what);
                }
                return new Head(status, newestFirst);
            }
            at = follow(at, target(at, answer, what), what);
        }
        throw tooManyRedirects(what);
    }

    /**
     * The bytes of a file from an offset on, wherever the hub keeps them.
     *
     * @return an answer of status 200, 206 or 416
     */
    Body get(URI uri, long from, String what) throws HubException, TransientFailure {
        URI at = uri;
        for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
            HttpRequest.Builder request = HttpRequest.newBuilder(at).GET();
            if (from > 0) {
                request.header("Range", "bytes=" + from + "-");
            }
            HttpResponse<InputStream> answer = exchange(request, BodyHandlers.ofInputStream());
            int status = answer.statusCode();
            if (status == 200 || status == 206 || status == 416) {
                InputStream body = new StallTimeoutStream(answer.body(), environment.stallAfter());
                return new Body(status, answer.headers(), body);
            }
            discard(answer.body());
            if (!REDIRECTS.contains(status)) {
                throw httpErrors.of(status, answer.headers(), at, what);
            }
            at = follow(at, target(at, answer, what), what);
        }
        throw tooManyRedirects(what);
    }

    private <T> HttpResponse<T> exchange(HttpRequest.Builder request, BodyHandler<T> handler)
            throws HubException, TransientFailure {
        // A compressed answer would match neither the stated size nor a range.
        request.header("Accept-Encoding", "identity").header("User-Agent", "da3-jvm");
        Origin origin = Origin.of(request.build().uri());
        if (token.isPresent() && origin.equals(endpoint)) {
            request.header("Authorization", "Bearer " + token.get());
        }
        CompletableFuture<HttpResponse<T>> answer = environment.http().sendAsync(request.build(), handler);
        try {
            HttpResponse<T> response = answer.get(environment.answerWithin().toMillis(), TimeUnit.MILLISECONDS);
            answered.add(origin);
            return response;
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw unanswered(
                    origin,
                    new TransientFailure(origin + " did not answer within "
                            + environment.answerWithin().toMillis() + " ms"));
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw HubException.interrupted("the request to " + origin, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException && !isDistrust(e)) {
                throw unanswered(origin, new TransientFailure(origin + " cannot be reached", e.getCause()));
            }
            throw new HubException(origin + " cannot be asked: " + HubException.reason(e.getCause()), e);
        }
    }

    private TransientFailure unanswered(Origin origin, TransientFailure failure) {
        return answered.contains(origin) ? failure : failure.atFirstContact();
    }

    /** Another attempt would meet the same certificate. */
    private static boolean isDistrust(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    /** The address in a redirect as it stands there, relative or absolute. */
    private static URI target(URI at, HttpResponse<?> answer, String what) throws HubException {
        String location = answer.headers()
                .firstValue("Location")
                .orElseThrow(() -> new HubException(
                        Origin.of(at) + " redirects " + what + " without saying where to (no Location)"));
        try {
            URI target = new URI(location);
            // An address without a scheme may still name a host.
            return target.getRawAuthority() == null ? target : at.resolve(target);
        } catch (URISyntaxException e) {
            throw new HubException(
                    Origin.of(at) + " redirects " + what + " to '" + UntrustedText.shown(location)
                            + "', which is no address",
                    e);
        }
    }

    private URI follow(URI at, URI target, String what) throws HubException {
        URI next = at.resolve(target);
        String scheme = next.getScheme() == null ? "" : next.getScheme();
        boolean secure = scheme.equalsIgnoreCase("https");
        boolean legal = secure || scheme.equalsIgnoreCase("http") && !endpoint.isSecure();
        if (!legal || next.getHost() == null || next.getRawUserInfo() != null) {
            // The path and the query of a storage address may be a secret.
            throw new HubException(Origin.of(at) + " redirects " + what + " to " + UntrustedText.shown(scheme) + "://"
                    + UntrustedText.shown(String.valueOf(next.getHost())) + "; legal: "
                    + (endpoint.isSecure() ? "https" : "http or https") + " to a plain host");
        }
        return next;
    }

    private static HubException tooManyRedirects(String what) {
        return new HubException(what + " is redirected more than " + MOST_REDIRECTS + " times");
    }

    private static void discard(InputStream body) throws TransientFailure {
        try {
            body.close();
        } catch (IOException e) {
            throw new TransientFailure("the answer was cut off", e);
        }
    }

    /**
     * What was said of a file.
     *
     * @param status 200, 404 or a redirect to another host
     * @param newestFirst the headers of all answers on the way
     */
    record Head(int status, List<HttpHeaders> newestFirst) {

        /** Of the answers within the hub, the newest that says it. */
        Optional<String> anyone(String header) {
            return newestFirst.stream()
                    .flatMap(headers -> headers.firstValue(header).stream())
                    .findFirst();
        }

        Optional<String> last(String header) {
            return newestFirst.get(0).firstValue(header);
        }
    }

    /** A part of a file, or the word that there is no such part. */
    record Body(int status, HttpHeaders headers, InputStream stream) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
