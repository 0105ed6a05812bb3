package da3.server.http;

import da3.geometry.check.Check;
import da3.server.wire.SafeText;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.util.HostPort;

/**
 * A check of the headers {@code Host}, against DNS rebinding, and {@code Origin} and {@code Sec-Fetch-Site}, against
 * cross-site request forgery.
 */
final class HostCheck {

    private static final Set<HandlerType> SAFE_METHODS = Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);

    private final Set<String> names = new HashSet<>();
    private final boolean allInterfaces;

    HostCheck(ServerSettings settings) throws UnknownHostException {
        names.addAll(Set.of("localhost", "127.0.0.1", "[::1]"));
        names.add(normalize(settings.host()));
        settings.allowedHosts().forEach(host -> names.add(normalize(host)));
        allInterfaces = InetAddress.getByName(settings.host()).isAnyLocalAddress();
    }

    /** @throws HttpError if the request is for another host or from another site */
    void require(Context ctx) {
        String host = ctx.header("Host");
        if (!isAllowedHost(host)) {
            throw new HttpError(
                    403,
                    Check.message(
                            "header Host",
                            "localhost, the address that the service listens on or an allowed host",
                            SafeText.sanitize(String.valueOf(host))));
        }
        String origin = ctx.header("Origin");
        boolean isWrite = !SAFE_METHODS.contains(ctx.method());
        if (isWrite
                && (origin != null && !isSameOrigin(origin, host)
                        || "cross-site".equals(ctx.header("Sec-Fetch-Site")))) {
            throw new HttpError(
                    403,
                    Check.message(
                            "origin of the request", "the service itself", SafeText.sanitize(String.valueOf(origin))));
        }
    }

    private boolean isAllowedHost(String host) {
        if (host == null) {
            return false;
        }
        try {
            String name = normalize(new HostPort(host).getHost());
            // IP addresses are not resolved, so DNS rebinding cannot affect them.
            return names.contains(name) || allInterfaces && (name.matches("[0-9.]{7,15}") || name.startsWith("["));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isSameOrigin(String origin, String host) {
        String own = host.toLowerCase(Locale.ROOT);
        return origin.equals("http://" + own) || origin.equals("https://" + own);
    }

    private static String normalize(String host) {
        return HostPort.normalizeHost(host).toLowerCase(Locale.ROOT);
    }
}
