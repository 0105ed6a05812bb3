package da3.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the client with a service that sends wrong data, disconnects or restarts. */
class HostileServiceTest {

    private static final UUID ID = new UUID(1, 2);
    private static final String TASK =
            "{\"task_id\":\"" + ID + "\",\"status\":\"%s\",\"progress\":0.5,\"num_images\":1,\"warnings\":[]}";

    @TempDir
    private Path folder;

    private HttpServer server;
    private BackendClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        client = new BackendClient(address(), Optional.of("secret"), Duration.ofMillis(10));
    }

    private URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void files(String... pathsAndBytes) {
        List<String> files = new ArrayList<>();
        for (int i = 0; i < pathsAndBytes.length; i += 2) {
            files.add("{\"path\":\"" + pathsAndBytes[i] + "\",\"bytes\":" + pathsAndBytes[i + 1] + "}");
        }
        server.createContext(
                "/",
                exchange -> answer(
                        exchange,
                        200,
                        exchange.getRequestURI().getPath().endsWith("/files")
                                ? "{\"files\":[" + String.join(",", files) + "]}"
                                : "evil"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "a/../../evil",
                "a/../b",
                "/tmp/evil",
                "//evil",
                "..\\\\evil",
                "C:evil",
                "~\\\\evil",
                ".bashrc",
                "a/.ssh/keys",
                "",
                ".",
                "..",
                "a\\u0000b"
            })
    void rejectsPathsOutsideTheDirectory(String path) throws Exception {
        Path target = folder.resolve("target");
        files("good.txt", "4", path, "4");

        assertThatThrownBy(() -> client.download(ID, target, true))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("path of a result must be");

        assertThat(target.toFile().list()).as("all or nothing").isEmpty();
        try (var all = Files.walk(folder)) {
            assertThat(all.map(file -> file.getFileName().toString())).doesNotContain("evil", "good.txt");
        }
    }

    @Test
    void rejectsFilesOfUnexpectedSize() throws Exception {
        files("good.txt", "4", "longer.txt", "3");
        assertThatThrownBy(() -> client.download(ID, folder, false)).hasMessageContaining("must be 3 bytes, got");
        assertThat(folder.toFile().list()).isEmpty();
    }

    @Test
    void rejectsRepeatedFiles() throws Exception {
        files("a.txt", "4", "a.txt", "4");
        assertThatThrownBy(() -> client.download(ID, folder, true)).hasMessageContaining("twice");
    }

    @Test
    void doesNotFollowRedirectsWithTheToken() throws Exception {
        AtomicInteger elsewhere = new AtomicInteger();
        server.createContext("/elsewhere", exchange -> {
            elsewhere.incrementAndGet();
            answer(exchange, 200, "{}");
        });
        server.createContext("/status", exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            answer(exchange, 302, "");
        });

        assertThatThrownBy(client::status).hasMessageContaining("responded with status 302");

        assertThat(elsewhere).hasValue(0);
    }

    @Test
    void reopensABrokenEventStream() throws Exception {
        AtomicInteger streams = new AtomicInteger();
        server.createContext(
                "/task/" + ID + "/events",
                exchange -> answer(
                        exchange,
                        200,
                        "event: task\ndata: " + TASK.formatted(streams.incrementAndGet() == 2 ? "completed" : "running")
                                + "\n\n"));

        assertThat(client.follow(ID, task -> {}).completed()).isTrue();

        assertThat(streams).hasValue(2);
    }

    @Test
    void pollsIfEventStreamsFail() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        server.createContext(
                "/task/" + ID,
                exchange -> answer(exchange, 200, TASK.formatted(calls.incrementAndGet() > 1 ? "failed" : "running")));
        server.createContext("/task/" + ID + "/events", exchange -> answer(exchange, 503, "{\"error\":\"busy\"}"));

        assertThat(client.follow(ID, task -> {}).status()).isEqualTo("failed");
    }

    /** Sends data until the client disconnects. */
    private static void endless(HttpExchange exchange, String start, String again) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(start.getBytes(StandardCharsets.UTF_8));
            byte[] more = again.repeat(1 << 12).getBytes(StandardCharsets.UTF_8);
            for (long sent = 0; sent < 1L << 28; sent += more.length) {
                out.write(more);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "data: x\n"})
    void rejectsEndlessEvents(String again) throws Exception {
        AtomicInteger whole = new AtomicInteger();
        server.createContext("/task/" + ID, exchange -> answer(exchange, 200, TASK.formatted("completed")));
        server.createContext("/task/" + ID + "/events", exchange -> {
            endless(exchange, "data: ", again);
            whole.incrementAndGet();
        });

        assertThat(client.follow(ID, task -> {}).completed()).isTrue();

        assertThat(whole).as("streams that were read to their end").hasValue(0);
    }

    @Test
    void stalledResponsesTimeOut() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.createContext("/status", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Connection connection = new Connection(address(), Optional.empty(), Duration.ofMillis(200));

        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> assertThatThrownBy(() -> connection.json(connection.request("status")))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("no data received for"));

        end.countDown();
    }

    @Test
    void removesControlCharacters() throws Exception {
        String escape = "\\u001b[2J";
        server.createContext(
                "/",
                exchange -> answer(
                        exchange,
                        200,
                        "{\"task_id\":\"" + ID + "\",\"status\":\"failed\",\"name\":\"" + escape + "\",\"stage\":\""
                                + escape + "\",\"message\":\"" + escape + "\",\"error\":\"" + escape
                                + "\",\"warnings\":[\"" + escape + "\"],\"model\":\"" + escape + "\"}"));
        assertThat(client.task(ID).toString() + client.status()).contains("[2J").doesNotContain("\u001b");
    }

    @Test
    void reportsResponsesThatAreNotJson() {
        server.createContext("/", exchange -> answer(exchange, 200, "<html>"));

        assertThatThrownBy(client::status).hasMessageContaining("sent a response that is not JSON");
    }
}
