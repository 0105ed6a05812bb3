package da3.server.http;

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
 * Whether a browser was meant to come here.
 *
 * <p>Another site's name that is made to mean this address (DNS rebinding) shows in {@code Host}, and another site's page
 * that sends something here (cross-site request forgery) in {@code Origin}.
 */
final class HostCheck {

    private static final Set<HandlerType> READING = Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);

    private final Set<String> names = new HashSet<>();
    private final boolean everyAddress;

    HostCheck(ServerSettings settings) throws UnknownHostException {
        names.addAll(Set.of("localhost", "127.0.0.1", "[::1]"));
        names.add(normal(settings.host()));
        settings.allowedHosts().forEach(host -> names.add(normal(host)));
        everyAddress = InetAddress.getByName(settings.host()).isAnyLocalAddress();
    }

    void require(Context ctx) {
        String host = ctx.header("Host");
        if (!isOurs(host)) {
            throw new HttpError(
                    403,
                    "the service is called " + SafeText.shortened(String.valueOf(host))
                            + ", but its names are localhost, the address it listens on,"
                            + " and those allowed at its start");
        }
        String origin = ctx.header("Origin");
        boolean changes = !READING.contains(ctx.method());
        if (changes && (origin != null && !isSame(origin, host) || "cross-site".equals(ctx.header("Sec-Fetch-Site")))) {
            throw new HttpError(
                    403,
                    "the request comes from a page of " + SafeText.shortened(String.valueOf(origin))
                            + ", but must come from the service's own page");
        }
    }

    private boolean isOurs(String host) {
        if (host == null) {
            return false;
        }
        try {
            String name = normal(new HostPort(host).getHost());
            // An address cannot be made to mean another.
            return names.contains(name) || everyAddress && (name.matches("[0-9.]{7,15}") || name.startsWith("["));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isSame(String origin, String host) {
        String own = host.toLowerCase(Locale.ROOT);
        return origin.equals("http://" + own) || origin.equals("https://" + own);
    }

    private static String normal(String host) {
        return HostPort.normalizeHost(host).toLowerCase(Locale.ROOT);
    }
}
