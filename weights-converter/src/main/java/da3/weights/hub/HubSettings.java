package da3.weights.hub;

import da3.geometry.check.Check;
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
 * Settings of the hub and its cache, which can be read from the environment variables that clients of the hub share.
 *
 * @param endpoint address of the hub, without a trailing slash; https, or http for a private hub
 * @param cache folder of the models
 * @param token access token, sent only to the endpoint and only over https
 * @param offline whether to use only the cache
 */
public record HubSettings(URI endpoint, Path cache, Optional<String> token, boolean offline) {

    public static final URI HUB = URI.create("https://huggingface.co");

    private static final Set<String> TRUE = Set.of("1", "on", "yes", "true");

    /** Valid characters of a header; checked here, since the HTTP client would quote the token in its exception. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    /** @throws IllegalArgumentException if the endpoint is not a valid address or the token not a valid header value */
    public HubSettings {
        requireEndpoint(endpoint);
        if (token.isPresent() && !TOKEN.matcher(token.get()).matches()) {
            throw new IllegalArgumentException("the hub token must consist of visible ASCII characters");
        }
    }

    /**
     * Reads settings from environment variables.
     *
     * @param environment HF_HOME, XDG_CACHE_HOME, HF_HUB_CACHE (or HUGGINGFACE_HUB_CACHE), HF_ENDPOINT, HF_TOKEN (or
     *     HUGGING_FACE_HUB_TOKEN), HF_TOKEN_PATH, HF_HUB_OFFLINE and HF_HUB_DISABLE_IMPLICIT_TOKEN; empty values count
     *     as unset
     * @param home home folder of the user
     * @throws HubException if the token file exists but cannot be read
     * @throws IllegalArgumentException if a variable has an invalid value
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

    /** Returns a description without the token. */
    @Override
    public String toString() {
        return "HubSettings[endpoint=" + endpoint + ", cache=" + cache + ", token="
                + (token.isPresent() ? "set" : "none") + ", offline=" + offline + "]";
    }

    private static URI endpoint(String text) {
        try {
            return URI.create(text.replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("HF_ENDPOINT must be an address, https://host[:port][/path]", e);
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
            // a password in the address is not repeated
            String shown = endpoint.getRawUserInfo() == null ? "'" + endpoint + "'" : "an address with a user";
            throw Check.invalid("endpoint of the hub", "https://host[:port][/path], or http for a private hub", shown);
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
