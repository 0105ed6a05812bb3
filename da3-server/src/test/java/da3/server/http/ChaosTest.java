package da3.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests a service with a small heap under large, slow and damaged uploads, cancellations, deletions and kills: afterwards
 * it responds, has all acknowledged tasks, and no partial files. For a longer run with figures for every minute, set
 * {@code -Dda3.chaos.seconds=600 -Dda3.chaos.killEvery=0}, where 0 means never.
 */
class ChaosTest {

    private static final int CLIENTS = 4;
    private static final String HEAP = "-Xmx256m";
    private static final Duration SECONDS = Duration.ofSeconds(Integer.getInteger("da3.chaos.seconds", 24));
    private static final int KILL_EVERY = Integer.getInteger("da3.chaos.killEvery", 7); // seconds

    @TempDir
    private Path folder;

    @Test
    void acknowledgedTasksSurviveAndNoFilesRemain() throws Exception {
        Path workspace = folder.resolve("workspace");
        Path log = folder.resolve("log");
        ChaosLedger ledger = new ChaosLedger();
        try (ChaosProcess service = new ChaosProcess(workspace, log, HEAP)) {
            List<Path> userFiles = List.of(
                    Files.writeString(workspace.resolve("notes.txt"), "mine"),
                    Files.writeString(workspace.resolve("uploads/photo.jpg"), "mine"),
                    Files.writeString(workspace.resolve("tasks/list.txt"), "mine"));
            attack(service, ledger);
            service.killAndStart();
            awaitCompletion(service);
            ChaosProcess.Figures atRest = service.figures();
            Set<String> known = new TreeSet<>();
            for (UUID id : ledger.mustBeKnown()) {
                assertThat(RawHttp.send(service.port(), "GET /task/" + id).status())
                        .as("task " + id)
                        .isEqualTo(200);
            }
            JsonNode all = ServiceFixture.json(RawHttp.send(service.port(), "GET /tasks"));
            assertThat(all.path("active_count").asInt()).isZero();
            all.path("completed_tasks")
                    .forEach(task -> known.add(task.path("task_id").asText()));
            requireResults(service.port(), all);
            assertThat(userFiles).allSatisfy(file -> assertThat(file).hasContent("mine"));
            assertThat(workspace.resolve("uploads").toFile().list()).containsExactly("photo.jpg");
            known.add("list.txt");
            assertThat(workspace.resolve("tasks").toFile().list()).containsExactlyInAnyOrderElementsOf(known);
            assertThat(partialFiles(workspace)).isEmpty();
            assertThat(service.figures().files()).isLessThanOrEqualTo(atRest.files() + 5);
            assertThat(ledger.counts()).containsKeys("202").doesNotContainKey("500");
        } catch (AssertionError e) {
            System.out.println(Files.readString(log));
            throw e;
        }
    }

    private void attack(ChaosProcess service, ChaosLedger ledger) throws Exception {
        byte[] large = noise(2400, 1600);
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Thread client = new Thread(new ChaosClient(service, ledger, large, i), "chaos-client");
            client.setDaemon(true);
            client.start();
            clients.add(client);
        }
        for (int second = 1; second <= SECONDS.toSeconds(); second++) {
            Thread.sleep(1000);
            if (second % 60 == 0 || second == SECONDS.toSeconds()) {
                System.out.println("after " + second + " s: " + service.figures() + ", responses " + ledger.counts());
            }
            assertThat(service.isAlive()).isTrue();
            if (KILL_EVERY > 0 && second % KILL_EVERY == 0) {
                service.killAndStart();
            }
        }
        ledger.close();
        for (Thread client : clients) {
            client.join(60_000);
            assertThat(client.isAlive()).isFalse();
        }
        if (KILL_EVERY == 0) {
            awaitCompletion(service);
            System.out.println("at rest: " + service.figures());
        }
    }

    /** Waits until a new task, and thus all earlier ones, has ended. */
    private static void awaitCompletion(ChaosProcess service) throws Exception {
        byte[] form = ServiceFixture.form(Map.of("export_format", "glb"), Map.of("a.png", SampleImages.png(3)));
        RawHttp.Reply reply = RawHttp.send(service.port(), ServiceFixture.POST_FORM, form);
        for (int i = 0; i < 60 && reply.status() == 429; i++) {
            Thread.sleep(1000);
            reply = RawHttp.send(service.port(), ServiceFixture.POST_FORM, form);
        }
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        String task = "GET /task/" + ServiceFixture.json(reply).path("task_id").asText();
        JsonNode state = ServiceFixture.json(RawHttp.send(service.port(), task));
        for (int i = 0; i < 1200 && !state.hasNonNull("completed_at"); i++) {
            Thread.sleep(50);
            state = ServiceFixture.json(RawHttp.send(service.port(), task));
        }
        assertThat(state.path("status").asText()).as(state.toString()).isEqualTo("completed");
        assertThat(RawHttp.send(service.port(), "GET /healthz").status()).isEqualTo(200);
    }

    private static void requireResults(int port, JsonNode all) throws IOException {
        for (JsonNode task : all.path("completed_tasks")) {
            if (task.path("status").asText().equals("completed")) {
                String file = "HEAD /task/" + task.path("task_id").asText() + "/files/scene.glb";
                assertThat(RawHttp.send(port, file).status()).isEqualTo(200);
            }
        }
    }

    private static List<Path> partialFiles(Path workspace) throws IOException {
        try (Stream<Path> paths = Files.walk(workspace)) {
            return paths.filter(path -> {
                        String name = path.getFileName().toString();
                        return name.endsWith(".part") || name.endsWith(".partial") || name.startsWith(".removed-");
                    })
                    .toList();
        }
    }

    /** Returns an image of several megabytes of random pixels. */
    private static byte[] noise(int width, int height) throws IOException {
        Random random = new Random(1);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] pixels = random.ints((long) width * height).toArray();
        image.setRGB(0, 0, width, height, pixels, 0, width);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
