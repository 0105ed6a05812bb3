package da3.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import da3.server.tasks.TaskSettings;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests concurrent requests, a full queue and the end of the service. */
class QueueOverHttpTest {

    private final Semaphore permits = new Semaphore(0);
    private ServiceFixture service;

    @BeforeEach
    void start(@TempDir Path workspace) throws Exception {
        service = ServiceFixture.start(
                TaskSettings.of(workspace).withQueueCapacity(2),
                ServerSettings.defaults().withMaxEventStreams(1),
                GatedModel.holder(permits));
    }

    @AfterEach
    void stop() {
        permits.release(1000);
        service.close();
    }

    private RawHttp.Reply upload(int seed) throws Exception {
        return service.upload(Map.of("export_format", "glb"), Map.of("a.png", SampleImages.png(seed)));
    }

    private UUID queued(int seed) throws Exception {
        RawHttp.Reply reply = upload(seed);
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        return UUID.fromString(ServiceFixture.json(reply).path("task_id").asText());
    }

    @Test
    void stuckServiceReportsIt(@TempDir Path workspace) throws Exception {
        TaskSettings settings = TaskSettings.of(workspace).withTimeLimit(Duration.ofMillis(100));
        try (ServiceFixture stuck =
                ServiceFixture.start(settings, ServerSettings.defaults(), GatedModel.uninterruptible(permits))) {
            assertThat(RawHttp.send(stuck.port(), "GET /healthz").status()).isEqualTo(200);
            RawHttp.Reply health = RawHttp.send(stuck.port(), "GET /healthz");
            for (int i = 0; i < 1200 && health.status() == 200; i++) {
                if (i % 40 == 0) { // again, since on a slow machine the time limit can end a task before the model
                    stuck.upload(Map.of("export_format", "glb"), Map.of("a.png", SampleImages.png(i)));
                }
                Thread.sleep(25);
                health = RawHttp.send(stuck.port(), "GET /healthz");
            }
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.text()).isEqualTo("{\"status\":\"stuck\"}");
            assertThat(RawHttp.send(stuck.port(), "GET /readyz").text()).isEqualTo("{\"status\":\"stuck\"}");
            permits.release(1000);
        }
    }

    @Test
    void fullQueueSendsRetryAfter() throws Exception {
        UUID running = queued(0);
        service.await(running, "running");
        UUID waiting = queued(1);
        queued(2);

        RawHttp.Reply full = upload(3);

        assertThat(full.status()).isEqualTo(429);
        assertThat(Integer.parseInt(full.headers().get("retry-after"))).isPositive();
        assertThat(ServiceFixture.json(full).path("error").asText())
                .startsWith("the queue is full with 2 waiting tasks");
        assertThat(RawHttp.send(service.port(), "DELETE /task/" + running).status())
                .isEqualTo(400);
        assertThat(RawHttp.send(service.port(), "GET /task/" + waiting + "/scene")
                        .status())
                .isEqualTo(409);
        assertThat(RawHttp.send(service.port(), "GET /task/" + waiting + "/result.zip")
                        .status())
                .isEqualTo(409);
        assertThat(ServiceFixture.json(RawHttp.send(service.port(), "POST /task/" + waiting + "/cancel"))
                        .path("status")
                        .asText())
                .isEqualTo("cancelled");
        assertThat(upload(4).status()).isEqualTo(202);
    }

    @Test
    void cancelsARunningTask() throws Exception {
        UUID running = queued(0);
        service.await(running, "running");

        assertThat(RawHttp.send(service.port(), "POST /task/" + running + "/cancel")
                        .status())
                .isEqualTo(200);

        service.await(running, "cancelled");
        assertThat(RawHttp.send(service.port(), "POST /task/" + running + "/cancel")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void memoryErrorsContainNumbers() throws Exception {
        RawHttp.Reply reply = service.upload(Map.of("process_res", "1400"), Map.of("a.png", SampleImages.png(1)));

        assertThat(reply.status()).isEqualTo(422);
        JsonNode json = ServiceFixture.json(reply);
        assertThat(json.path("error").asText()).isEqualTo("it takes 3000 bytes, and there are 2000");
        assertThat(json.path("needed_bytes").asLong()).isEqualTo(3_000);
        assertThat(json.path("available_bytes").asLong()).isEqualTo(2_000);
        assertThat(json.path("views_that_fit").asLong()).isEqualTo(1);
    }

    @Test
    void oneOfSeveralConcurrentDeletesSucceeds() throws Exception {
        permits.release(1000);
        UUID id = queued(0);
        service.await(id, "completed");
        ExecutorService clients = Executors.newFixedThreadPool(8);
        List<Future<RawHttp.Reply>> replies = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            String request = i % 2 == 0 ? "DELETE /task/" + id : "GET /task/" + id + "/files/scene.glb";
            replies.add(clients.submit(() -> RawHttp.send(service.port(), request)));
        }
        int deleted = 0;
        for (int i = 0; i < replies.size(); i++) {
            RawHttp.Reply reply = replies.get(i).get();
            assertThat(reply.status()).as(reply.text()).isIn(200, 404);
            deleted += i % 2 == 0 && reply.status() == 200 ? 1 : 0;
        }
        clients.shutdown();

        assertThat(deleted).isEqualTo(1);
    }

    @Test
    void eventStreamsAreLimited() throws Exception {
        UUID running = queued(0);
        try (Socket first = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            first.getOutputStream().write(RawHttp.head(service.port(), "GET /task/" + running + "/events"));
            assertThat(first.getInputStream().read()).isEqualTo('H');

            RawHttp.Reply second = RawHttp.send(service.port(), "GET /task/" + running + "/events");

            assertThat(second.status()).isEqualTo(503);
            assertThat(second.headers()).containsKey("retry-after");
        }
    }

    @Test
    void stopEndsEventStreams() throws Exception {
        UUID running = queued(0);
        service.await(running, "running");
        try (Socket stream = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            stream.setSoTimeout(10_000);
            stream.getOutputStream().write(RawHttp.head(service.port(), "GET /task/" + running + "/events"));
            assertThat(stream.getInputStream().read()).isEqualTo('H');

            service.server().close();

            assertThat(new String(stream.getInputStream().readAllBytes())).contains("\"status\":\"running\"");
        }
    }

    /**
     * Four concurrent clients: every accepted task ends. The model starts after the first rejection, so that at least one
     * request is rejected.
     */
    @Test
    void noTaskIsLostUnderLoad() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(4);
        List<Future<List<UUID>>> sent = new ArrayList<>();
        Semaphore rejections = new Semaphore(0);
        for (int client = 0; client < 4; client++) {
            int first = 10 * client;
            sent.add(clients.submit(() -> {
                List<UUID> ids = new ArrayList<>();
                for (int i = 0; ids.size() < 3; i++) {
                    RawHttp.Reply reply = upload(first + i);
                    if (reply.status() == 429) {
                        rejections.release();
                        permits.release(100);
                        Thread.sleep(20);
                        continue;
                    }
                    assertThat(reply.status()).as(reply.text()).isEqualTo(202);
                    ids.add(UUID.fromString(
                            ServiceFixture.json(reply).path("task_id").asText()));
                }
                return ids;
            }));
        }
        List<UUID> all = new ArrayList<>();
        for (Future<List<UUID>> ids : sent) {
            all.addAll(ids.get());
        }
        for (UUID id : all) {
            service.await(id, "completed");
        }
        clients.shutdown();

        assertThat(all).hasSize(12).doesNotHaveDuplicates();
        assertThat(rejections.availablePermits())
                .as("the queue was full now and then")
                .isPositive();
        assertThat(service.get("/tasks").path("completed_tasks").findValuesAsText("task_id"))
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().map(UUID::toString).toList());
    }
}
