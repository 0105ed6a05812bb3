package da3.weights.hub;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Selects proxies by environment variables: {@code https_proxy} or {@code http_proxy}, depending on the scheme of the
 * request, and {@code no_proxy}, a list of hosts that are reached without a proxy, including their subdomains;
 * {@code *} means all hosts. An upper-case variable is used if there is no lower-case one. Requests to this machine
 * never use a proxy. Proxies with a password are not supported.
 */
final class Proxies extends ProxySelector {

    private static final int DEFAULT_PORT = 80;

    private final Map<String, String> environment;

    Proxies(Map<String, String> environment) {
        this.environment = environment;
    }

    /** @throws IllegalArgumentException if the variable is not the address of a proxy */
    @Override
    public List<Proxy> select(URI uri) {
        String variable = uri.getScheme().toLowerCase(Locale.ROOT) + "_proxy";
        Optional<String> proxy = text(variable);
        if (proxy.isEmpty() || isDirect(uri.getHost().toLowerCase(Locale.ROOT))) {
            return List.of(Proxy.NO_PROXY);
        }
        return List.of(proxy(proxy.get(), variable));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // the request itself fails with this exception
    }

    private boolean isDirect(String host) {
        if (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]")) {
            return true;
        }
        return Arrays.stream(
                        text("no_proxy").orElse("").toLowerCase(Locale.ROOT).split(","))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .map(entry -> entry.startsWith(".") ? entry.substring(1) : entry)
                .anyMatch(entry -> entry.equals("*") || host.equals(entry) || host.endsWith("." + entry));
    }

    private Optional<String> text(String variable) {
        return Optional.ofNullable(environment.get(variable))
                .or(() -> Optional.ofNullable(environment.get(variable.toUpperCase(Locale.ROOT))))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    private static Proxy proxy(String text, String variable) {
        try {
            URI address = URI.create(text.contains("://") ? text : "http://" + text);
            // the message does not quote the address, which may contain a password
            if ("http".equalsIgnoreCase(address.getScheme())
                    && address.getHost() != null
                    && address.getRawUserInfo() == null) {
                int port = address.getPort() < 0 ? DEFAULT_PORT : address.getPort();
                return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.getHost(), port));
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(requirement(variable), e);
        }
        throw new IllegalArgumentException(requirement(variable));
    }

    private static String requirement(String variable) {
        return variable + " must be the address of a proxy, http://host[:port] without a user";
    }
}
