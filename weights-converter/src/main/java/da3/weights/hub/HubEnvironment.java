package da3.weights.hub;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The system services that a pull uses, which tests replace.
 *
 * @param http client that does not follow redirects
 * @param responseTimeout maximum time until the headers of a response
 * @param stallTimeout maximum pause within a response body
 * @param warnings receives events that are not errors
 */
record HubEnvironment(
        HttpClient http,
        Duration responseTimeout,
        Duration stallTimeout,
        Pauses pauses,
        FreeSpace freeSpace,
        Links links,
        Clock clock,
        Consumer<String> warnings) {

    /** Waits. */
    @FunctionalInterface
    interface Pauses {
        void pause(Duration duration) throws InterruptedException;
    }

    /** Returns the free space of the file system of a folder. */
    @FunctionalInterface
    interface FreeSpace {
        long bytes(Path folder) throws IOException;
    }

    /** Creates symbolic links, or throws if the file system or permissions do not allow it. */
    @FunctionalInterface
    interface Links {
        void link(Path link, Path target) throws IOException;
    }

    static HubEnvironment real(Consumer<String> warnings) {
        return new HubEnvironment(
                client().proxy(new Proxies(System.getenv())).build(),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                duration -> Thread.sleep(duration.toMillis()),
                folder -> Files.getFileStore(folder).getUsableSpace(),
                Files::createSymbolicLink,
                Clock.systemUTC(),
                warnings);
    }

    /** Returns a client that does not follow redirects, since token and scheme must be checked for each. */
    static HttpClient.Builder client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(20));
    }

    HubEnvironment withHttp(HttpClient other) {
        return new HubEnvironment(other, responseTimeout, stallTimeout, pauses, freeSpace, links, clock, warnings);
    }

    HubEnvironment withTimeouts(Duration answer, Duration stall) {
        return new HubEnvironment(http, answer, stall, pauses, freeSpace, links, clock, warnings);
    }

    HubEnvironment withPauses(Pauses other) {
        return new HubEnvironment(http, responseTimeout, stallTimeout, other, freeSpace, links, clock, warnings);
    }

    HubEnvironment withFreeSpace(FreeSpace other) {
        return new HubEnvironment(http, responseTimeout, stallTimeout, pauses, other, links, clock, warnings);
    }

    HubEnvironment withLinks(Links other) {
        return new HubEnvironment(http, responseTimeout, stallTimeout, pauses, freeSpace, other, clock, warnings);
    }

    HubEnvironment withClock(Clock other) {
        return new HubEnvironment(http, responseTimeout, stallTimeout, pauses, freeSpace, links, other, warnings);
    }
}
