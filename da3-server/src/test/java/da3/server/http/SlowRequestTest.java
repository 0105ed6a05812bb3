package da3.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tests request bodies that are slow, stall or never end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowRequestTest {

    private static final String CHUNKED = ServiceFixture.POST_FORM + "\r\nTransfer-Encoding: chunked";

    private ServiceFixture service;

    @BeforeAll
    void start(@TempDir Path workspace) throws Exception {
        service = ServiceFixture.start(
                workspace,
                ServerSettings.defaults()
                        .withMaxBodyBytes(100_000)
                        .withMaxEventStreams(1)
                        .withTimeouts(Duration.ofMillis(400), Duration.ofMillis(800)));
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private Socket open(String lineAndHeaders) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(RawHttp.head(service.port(), lineAndHeaders));
        return socket;
    }

    @Test
    void stalledBodyTimesOut() throws Exception {
        byte[] form = ServiceFixture.form(Map.of(), Map.of("a.png", SampleImages.png(1)));
        try (Socket socket = open(ServiceFixture.POST_FORM + "\r\nContent-Length: " + form.length)) {
            socket.getOutputStream().write(form, 0, 200);
            RawHttp.Reply reply = RawHttp.read(socket.getInputStream());

            assertThat(reply.status()).as(reply.text()).isEqualTo(408);
            assertThat(reply.text()).contains("the body arrives too slowly");
        }
    }

    @Test
    void trickledBodyTimesOut() throws Exception {
        try (Socket socket = open(ServiceFixture.POST_FORM + "\r\nContent-Length: 90000")) {
            OutputStream out = socket.getOutputStream();
            int sent = 0;
            try {
                while (sent < 400 && socket.getInputStream().available() == 0) {
                    out.write('-');
                    out.flush();
                    sent++;
                    Thread.sleep(50);
                }
            } catch (SocketException e) {
                assertThat(e).as("the service has closed").isNotNull();
            }

            assertThat(RawHttp.read(socket.getInputStream()).status()).isEqualTo(408);
            assertThat(sent).as("it was let go on").isLessThan(400);
        }
    }

    @Test
    void endlessChunksAreRejected() throws Exception {
        try (Socket socket = open(CHUNKED)) {
            byte[] chunk = ("1000\r\n" + "x".repeat(4096) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            int sent = 0;
            try {
                while (sent < 10_000 && socket.getInputStream().available() == 0) {
                    socket.getOutputStream().write(chunk);
                    sent++;
                }
            } catch (SocketException e) {
                assertThat(e).as("the service has closed").isNotNull();
            }

            assertThat(RawHttp.read(socket.getInputStream()).status()).isIn(400, 413);
            assertThat(sent).isLessThan(10_000);
        }
    }

    @Test
    void stalledHeadersTimeOut() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("GET /status HTTP/1.1\r\nHo".getBytes(StandardCharsets.US_ASCII));

            assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(2000); // at the end of the stream
        }
    }

    @Test
    void stopWaitsForRequestsInProgress(@TempDir Path workspace) throws Exception {
        byte[] form = ServiceFixture.form(Map.of(), Map.of("a.png", SampleImages.png(1)));
        try (ServiceFixture stopping = ServiceFixture.start(workspace, ServerSettings.defaults());
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), stopping.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(RawHttp.head(stopping.port(), ServiceFixture.POST_FORM + "\r\nContent-Length: " + form.length));
            out.write(form, 0, 100);
            while (stopping.server().activeRequests() == 0) {
                Thread.sleep(5);
            }
            Thread end = new Thread(stopping.server()::close);
            end.start();
            RawHttp.Reply ready = RawHttp.send(stopping.port(), "GET /readyz");
            while (ready.status() == 200) {
                ready = RawHttp.send(stopping.port(), "GET /readyz");
            }

            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.text()).isEqualTo("{\"status\":\"stopping\"}");
            assertThat(RawHttp.send(stopping.port(), "GET /tasks").status()).isEqualTo(503);
            out.write(form, 100, form.length - 100);
            assertThat(RawHttp.read(socket.getInputStream()).status()).isEqualTo(202);
            end.join();
        }
    }

    @Test
    void abortedUploadsLeaveNoFiles() throws Exception {
        stalledBodyTimesOut();

        assertThat(service.tasks().tasks()).allMatch(task -> task.views() > 0);
        assertThat(RawHttp.send(service.port(), "GET /healthz").status()).isEqualTo(200);
    }
}
