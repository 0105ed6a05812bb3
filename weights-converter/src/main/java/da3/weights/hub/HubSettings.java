package da3.weights.hub;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where the hub and its cache are, read from the variables that every client of the hub knows.
 *
 * @param endpoint the hub, over https unless it is one's own; without a trailing slash
 * @param cache the folder of the models
 * @param token sent to the endpoint alone, and only over https
 * @param offline whether only the cache is looked at
 */
public record HubSettings(URI endpoint, Path cache, Optional<String> token, boolean offline) {

    public static final URI HUB = URI.create("https://huggingface.co");

    private static final Set<String> TRUE = Set.of("1", "on", "yes", "true");

    /** What a header can carry; checked here since the HTTP client would quote the token in its complaint. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    /** @throws IllegalArgumentException if the endpoint is no hub's address or the token no header's value */
    public HubSettings {
        requireEndpoint(endpoint);
        if (token.isPresent() && !TOKEN.matcher(token.get()).matches()) {
            throw new IllegalArgumentException("the hub token has characters that no token has; legal: visible ASCII");
        }
    }

    /**
     * @param environment HF_HOME, XDG_CACHE_HOME, HF_HUB_CACHE (or HUGGINGFACE_HUB_CACHE), HF_ENDPOINT, HF_TOKEN (or
     *     HUGGING_FACE_HUB_TOKEN), HF_TOKEN_PATH, HF_HUB_OFFLINE and HF_HUB_DISABLE_IMPLICIT_TOKEN; empty is unset
     * @param home the user's
     * @throws HubException if there is a token file that cannot be read
     * @throws IllegalArgumentException if a variable has no legal value
     */
    public static HubSettings fromEnvironment(Map<String, String> environment, Path home) throws HubException {
        Variables variables = new Variables(environment, home);
        Path caches = variables.path("XDG_CACHE_HOME").orElse(home.resolve(".cache"));
        Path hubHome = variables.path("HF_HOME").orElse(caches.resolve("huggingface"));
        Path cache = variables
                .path("HF_HUB_CACHE")
                .or(() -> variables.path("HUGGINGFACE_HUB_CACHE"))
                .orElse(hubHome.resolve("hub"));
        URI endpoint = variables.text("HF_ENDPOINT").map(HubSettings::endpoint).orElse(HUB);
        Optional<String> token = Optional.empty();
        if (!variables.flag("HF_HUB_DISABLE_IMPLICIT_TOKEN")) {
            token = variables.text("HF_TOKEN").or(() -> variables.text("HUGGING_FACE_HUB_TOKEN"));
            if (token.isEmpty()) {
                token = tokenIn(variables.path("HF_TOKEN_PATH").orElse(hubHome.resolve("token")));
            }
        }
        return new HubSettings(endpoint, cache, token, variables.flag("HF_HUB_OFFLINE"));
    }

    public HubSettings withEndpoint(URI other) {
        return new HubSettings(other, cache, token, offline);
    }

    public HubSettings withCache(Path other) {
        return new HubSettings(endpoint, other, token, offline);
    }

    public HubSettings withToken(Optional<String> other) {
        return new HubSettings(endpoint, cache, other, offline);
    }

    public HubSettings withOffline(boolean other) {
        return new HubSettings(endpoint, cache, token, other);
    }

    /** Never shows the token. */
    @Override
    public String toString() {
        return "HubSettings[endpoint=" + endpoint + ", cache=" + cache + ", token="
                + (token.isPresent() ? "set" : "none") + ", offline=" + offline + "]";
    }

    private static URI endpoint(String text) {
        try {
            return URI.create(text.replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("HF_ENDPOINT is not an address; legal: https://host[:port][/path]", e);
        }
    }

    private static void requireEndpoint(URI endpoint) {
        String scheme = endpoint.getScheme() == null ? "" : endpoint.getScheme().toLowerCase(Locale.ROOT);
        if (!Set.of("https", "http").contains(scheme)
                || endpoint.getHost() == null
                || endpoint.getRawUserInfo() != null
                || endpoint.getRawQuery() != null
                || endpoint.getRawFragment() != null
                || endpoint.getRawPath().endsWith("/")) {
            // A password in the address is not repeated.
            String shown = endpoint.getRawUserInfo() == null ? "'" + endpoint + "'" : "an address with a user";
            throw new IllegalArgumentException("the hub's endpoint is " + shown
                    + "; legal: https://host[:port][/path], or http for a hub of one's own");
        }
    }

    private static Optional<String> tokenIn(Path file) throws HubException {
        try {
            return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new HubException("cannot read the hub token in " + file + ": " + HubException.reason(e), e);
        }
    }

    private record Variables(Map<String, String> environment, Path home) {

        Optional<String> text(String name) {
            return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
        }

        Optional<Path> path(String name) {
            return text(name)
                    .map(text -> text.equals("~") || text.startsWith("~/")
                            ? home.resolve(text.substring(Math.min(2, text.length())))
                            : Path.of(text));
        }

        boolean flag(String name) {
            return text(name)
                    .map(text -> TRUE.contains(text.toLowerCase(Locale.ROOT)))
                    .orElse(false);
        }
    }
}
