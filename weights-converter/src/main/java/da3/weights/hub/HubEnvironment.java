package da3.weights.hub;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What a pull takes from the machine, so that a test can give it something else.
 *
 * @param http follows no redirects itself
 * @param answerWithin how long a server may take until the head of its answer
 * @param stallAfter how long a body may pause
 * @param warnings told what goes on that is no error
 */
record HubEnvironment(
        HttpClient http,
        Duration answerWithin,
        Duration stallAfter,
        Pauses pauses,
        FreeSpace freeSpace,
        Links links,
        Clock clock,
        Consumer<String> warnings) {

    /** Lets time pass. */
    @FunctionalInterface
    interface Pauses {
        void pause(Duration duration) throws InterruptedException;
    }

    /** Bytes that can still be written where a folder is. */
    @FunctionalInterface
    interface FreeSpace {
        long at(Path folder) throws IOException;
    }

    /** Makes symbolic links, or throws where the file system or the user's rights do not allow any. */
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

    /** Redirects are followed by hand, since the token and the scheme have to be looked at on each. */
    static HttpClient.Builder client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(20));
    }

    HubEnvironment withHttp(HttpClient other) {
        return new HubEnvironment(other, answerWithin, stallAfter, pauses, freeSpace, links, clock, warnings);
    }

    HubEnvironment withTimeouts(Duration answer, Duration stall) {
        return new HubEnvironment(http, answer, stall, pauses, freeSpace, links, clock, warnings);
    }

    HubEnvironment withPauses(Pauses other) {
        return new HubEnvironment(http, answerWithin, stallAfter, other, freeSpace, links, clock, warnings);
    }

    HubEnvironment withFreeSpace(FreeSpace other) {
        return new HubEnvironment(http, answerWithin, stallAfter, pauses, other, links, clock, warnings);
    }

    HubEnvironment withLinks(Links other) {
        return new HubEnvironment(http, answerWithin, stallAfter, pauses, freeSpace, other, clock, warnings);
    }

    HubEnvironment withClock(Clock other) {
        return new HubEnvironment(http, answerWithin, stallAfter, pauses, freeSpace, links, other, warnings);
    }
}
