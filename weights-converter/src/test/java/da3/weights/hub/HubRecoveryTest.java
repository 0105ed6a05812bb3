package da3.weights.hub;

import static da3.weights.hub.ScriptedHub.COMMIT;
import static da3.weights.hub.ScriptedHub.WEIGHTS;
import static da3.weights.hub.ScriptedHub.bytes;
import static da3.weights.hub.ScriptedHub.cutAfter;
import static da3.weights.hub.ScriptedHub.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.weights.hub.ScriptedHub.Door;
import da3.weights.hub.ScriptedHub.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pulls from servers with transient failures succeed. */
class HubRecoveryTest extends HubFixture {

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void transientFailures(String name, Door door, Function<ScriptedHub, Script[]> scripts, int pausesExpected)
            throws IOException {
        hub.script(door, WEIGHTS, scripts.apply(hub));
        assertPulled(client().pull(ID, HubProgress.NONE));
        assertThat(pauses).as(warnings.toString()).hasSize(pausesExpected);
        assertThat(warnings).hasSize(pausesExpected);
    }

    static Stream<Arguments> transientFailures() {
        return Stream.of(
                failure("cut off half-way", Door.STORAGE, 1, hub -> cutAfter(CONTENT.length / 2)),
                failure("cut off before the first byte", Door.STORAGE, 1, hub -> cutAfter(0)),
                failure(
                        "cut off five times",
                        Door.STORAGE,
                        5,
                        hub -> cutAfter(9),
                        hub -> cutAfter(9),
                        hub -> cutAfter(9),
                        hub -> cutAfter(9),
                        hub -> cutAfter(9)),
                failure("a body that stalls", Door.STORAGE, 1, hub -> hub.stallAfter(1000)),
                failure("no answer", Door.STORAGE, 1, ScriptedHub::silence),
                failure("an address that has expired", Door.STORAGE, 1, hub -> status(403)),
                failure("a storage host that is busy", Door.STORAGE, 2, hub -> status(503), hub -> status(429)),
                failure("a hub that is busy", Door.GET, 2, hub -> status(500), hub -> status(502)),
                failure("a hub that is busy at once", Door.HEAD, 2, hub -> status(504), hub -> status(503)),
                failure(
                        "one more redirect of the storage",
                        Door.STORAGE,
                        0,
                        hub -> status(307, "Location", hub.storage() + "/other/" + WEIGHTS)),
                failure(
                        "a part that was not asked for",
                        Door.STORAGE,
                        1,
                        hub -> status(206, "Content-Range", "bytes 5-9/10")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void resumptions(String name, Script next, long requests) throws IOException {
        Files.write(partial(CONTENT), Arrays.copyOf(CONTENT, 100_000));
        if (next != null) {
            hub.script(Door.STORAGE, WEIGHTS, next);
        }
        assertPulled(client().pull(ID, HubProgress.NONE));
        assertThat(hub.requests(Door.STORAGE, WEIGHTS)).hasSize((int) requests);
        assertThat(hub.requests(Door.STORAGE, WEIGHTS).get(0).range()).contains("bytes=100000-");
    }

    static Stream<Arguments> resumptions() {
        return Stream.of(
                Arguments.of("continued", null, 1),
                Arguments.of("a server without ranges", bytes(CONTENT), 1),
                Arguments.of("416", status(416, "Content-Range", "bytes */5"), 2),
                Arguments.of("another range", status(206, "Content-Range", "bytes 5-299999/300000"), 2),
                Arguments.of(
                        "the range of another size", status(206, "Content-Range", "bytes 100000-299999/400000"), 2),
                Arguments.of("no range named", status(206), 2));
    }

    @Test
    void continuesAnInterruptedBody() throws IOException {
        hub.script(Door.STORAGE, WEIGHTS, hub.stallAfter(200_000));
        assertPulled(client().pull(ID, HubProgress.NONE));
        assertThat(hub.requests(Door.STORAGE, WEIGHTS))
                .extracting(ScriptedHub.Request::range)
                .containsExactly(Optional.empty(), Optional.of("bytes=200000-"));
    }

    @Test
    void rejectsAFileThatAnotherProcessWritesTo() throws IOException {
        HubProgress meddling = (file, done, total) -> {
            if (file.equals(WEIGHTS) && done == total) {
                append(new byte[1]);
            }
        };
        assertThatThrownBy(() -> client().pull(ID, meddling)).hasMessageContaining("another process wrote to it");
        assertThat(cache.find(ID)).isEmpty();
    }

    @Test
    void verifiesACompletePartialFile() throws IOException {
        Files.write(partial(CONTENT), CONTENT);
        assertPulled(client().pull(ID, HubProgress.NONE));
        assertThat(hub.requests(Door.STORAGE, WEIGHTS)).isEmpty();
    }

    @Test
    void restartsIfThePartialFileIsTooLong() throws IOException {
        Files.write(partial(CONTENT), new byte[CONTENT.length + 1]);
        assertPulled(client().pull(ID, HubProgress.NONE));
    }

    @Test
    void deletesACorruptPartialFile() throws IOException {
        Files.write(partial(CONTENT), random(100_000, 2));
        assertThatThrownBy(() -> client().pull(ID, HubProgress.NONE))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("SHA-256");
        assertThat(partial(CONTENT)).doesNotExist();
        assertPulled(client().pull(ID, HubProgress.NONE));
    }

    @Test
    void keepsAPartialDownloadAfterGivingUp() throws IOException {
        hub.always(Door.STORAGE, WEIGHTS, hub.stallAfter(200_000));
        HubClient impatient =
                new HubClient(settings(), environment().withTimeouts(Duration.ofSeconds(3), Duration.ofMillis(80)));
        assertThatThrownBy(() -> impatient.pull(ID, HubProgress.NONE)).hasMessageContaining("gave up");
        assertCacheIsValid();
        assertThat(Files.size(partial(CONTENT))).isPositive();
        assertThat(cache.find(ID)).isEmpty();
    }

    @Test
    void replacesAnIncompleteBlob() throws IOException {
        Files.createDirectories(blob(CONTENT).getParent());
        Files.write(blob(CONTENT), Arrays.copyOf(CONTENT, 10));
        assertPulled(client().pull(ID, HubProgress.NONE));
    }

    @Test
    void respectsRetryAfter() throws IOException {
        hub.script(
                Door.STORAGE,
                WEIGHTS,
                status(429, "Retry-After", "7"),
                status(503, "Retry-After", "86400"),
                status(429, "Retry-After", "Thu, 1 Jan 2026 00:00:50 GMT"),
                status(429, "Retry-After", "soon"));
        assertPulled(client().pull(ID, HubProgress.NONE));
        assertThat(pauses)
                .containsExactly(
                        Duration.ofSeconds(7), RetryPolicy.MAX_PAUSE, Duration.ofSeconds(50), Duration.ofSeconds(8));
    }

    @Test
    void limitsAttempts() throws IOException {
        hub.always(Door.STORAGE, WEIGHTS, status(500));
        assertThatThrownBy(() -> client().pull(ID, HubProgress.NONE))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("answered 500 for model.safetensors; gave up after 6 attempts");
        assertThat(hub.requests(Door.STORAGE, WEIGHTS)).hasSize(6);
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L);
        assertCacheIsValid();
    }

    @Test
    void reportsAnUnreachableHub() {
        HubSettings nowhere = settings();
        hub.close();
        assertThatThrownBy(() -> new HubClient(nowhere, environment()).pull(ID, HubProgress.NONE))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("cannot be reached: no connection; gave up after 2 attempts");
        assertThat(pauses).containsExactly(Duration.ofSeconds(1));
        assertThat(warnings).singleElement().asString().endsWith("attempt 2 of 2 in 1 s");
    }

    @Test
    void repeatsMoreOftenAfterAResponse() throws IOException {
        HubSettings settings = settings();
        hub.always(Door.GET, "config.json", (exchange, content) -> {
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
            hub.close();
        });
        assertThatThrownBy(() -> new HubClient(settings, environment()).pull(ID, HubProgress.NONE))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("cannot be reached")
                .hasMessageContaining("gave up after 6 attempts");
    }

    @Test
    void repeatsAfterAnInvalidResponse() throws IOException {
        hub.always(Door.HEAD, "config.json", (exchange, content) -> {
            exchange.getResponseHeaders().set("Bad header name", "x");
            exchange.sendResponseHeaders(200, -1);
        });
        assertThatThrownBy(() -> client().pull(ID, HubProgress.NONE))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("gave up after 2 attempts");
    }

    @Test
    void followsARenamedModel() throws IOException {
        hub.always(Door.HEAD, "config.json", (exchange, content) -> (exchange.getRequestURI()
                                .getPath()
                                .contains("renamed")
                        ? ScriptedHub.saying("X-Repo-Commit", "")
                        : status(307, "Location", "/renamed/config.json", "X-Repo-Commit", COMMIT))
                .answer(exchange, content));
        assertPulled(client().pull(ID, HubProgress.NONE));
        assertThat(hub.requests(Door.HEAD, "config.json")).hasSize(2);
    }

    @Test
    void anInterruptEndsThePull() throws IOException {
        hub.always(Door.STORAGE, WEIGHTS, status(500));
        HubEnvironment interrupted = environment().withPauses(pause -> {
            throw new InterruptedException();
        });
        assertThatThrownBy(() -> new HubClient(settings(), interrupted).pull(ID, HubProgress.NONE))
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertCacheIsValid();
    }

    @Test
    void progressEndsAtTheFileSize() throws IOException {
        long[] last = new long[2];
        hub.script(Door.STORAGE, WEIGHTS, cutAfter(1000));
        client().pull(ID, (file, done, total) -> {
            if (file.equals(WEIGHTS)) {
                assertThat(done).isBetween(0L, total);
                last[0] = done;
                last[1] = total;
            }
        });
        assertThat(last).containsOnly(CONTENT.length);
    }

    @Override
    HubEnvironment environment() {
        return super.environment().withTimeouts(Duration.ofMillis(1500), Duration.ofMillis(500));
    }

    private void append(byte[] bytes) {
        try {
            Files.write(partial(CONTENT), bytes, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SafeVarargs
    private static Arguments failure(String name, Door door, int pauses, Function<ScriptedHub, Script>... scripts) {
        Function<ScriptedHub, Script[]> all =
                hub -> Stream.of(scripts).map(script -> script.apply(hub)).toArray(Script[]::new);
        return Arguments.of(name, door, all, pauses);
    }
}
