package da3.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import da3.geometry.Image;
import da3.video.VideoOptions;
import da3.video.VideoWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tests the service over HTTP with a small untrained model. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceTest {

    private Path root;
    private ServiceFixture service;
    private UUID task;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        root = Files.createDirectories(folder.resolve("allowed"));
        Path scene = Files.createDirectories(folder.resolve("gallery/rooms/red room/depth_vis"));
        Files.write(scene.resolve("0000.jpg"), new byte[] {1});
        Files.write(scene.getParent().resolve("scene.glb"), new byte[] {1, 2, 3});
        Files.write(scene.getParent().resolve("scene.jpg"), new byte[] {4});
        Files.createDirectories(folder.resolve("gallery/rooms/unfinished"));
        service = ServiceFixture.start(
                folder.resolve("workspace"),
                ServerSettings.defaults()
                        .withAllowedRoots(List.of(root))
                        .withGalleryDirectory(folder.resolve("gallery")));
        task = service.completed(
                Map.of("name", "two \"views\"", "seed", "7", "export_format", "mini_npz-glb-depth_vis"));
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private RawHttp.Reply get(String pathAndHeaders) throws Exception {
        return RawHttp.send(service.port(), "GET " + pathAndHeaders);
    }

    @Test
    void taskReportsItsRequest() throws Exception {
        JsonNode json = service.get("/task/" + task);

        assertThat(json.path("name").asText()).isEqualTo("two \"views\"");
        assertThat(json.path("progress").asDouble()).isEqualTo(1);
        assertThat(json.path("num_images").asInt()).isEqualTo(2);
        assertThat(json.path("processing_time").asDouble()).isPositive();
        assertThat(json.path("completed_at").asDouble())
                .isGreaterThan(json.path("created_at").asDouble());
        assertThat(json.path("request").path("seed").asLong()).isEqualTo(7);
        assertThat(json.path("request").path("process_res").asInt()).isEqualTo(56);
        assertThat(service.get("/tasks").path("completed_tasks").findValuesAsText("task_id"))
                .contains(task.toString());
    }

    @Test
    void eventStreamEndsWithTheTask() throws Exception {
        RawHttp.Reply upload =
                service.upload(Map.of(), Map.of("a.png", SampleImages.png(3), "b.png", SampleImages.png(4)));
        assertThat(upload.status()).isEqualTo(202);
        String id = ServiceFixture.json(upload).path("task_id").asText();

        RawHttp.Reply events = get("/task/" + id + "/events");

        assertThat(events.headers()).containsEntry("content-type", "text/event-stream");
        assertThat(events.text()).contains("event: task\ndata: {").contains("\"status\":\"completed\"");
        assertThat(events.text().lastIndexOf("\"status\""))
                .isEqualTo(events.text().indexOf("\"status\":\"completed\""));
        assertThat(get("/task/" + id + "/events").text()).contains("\"status\":\"completed\"");
    }

    @Test
    void sceneFilesHaveTheRightSizes() throws Exception {
        JsonNode scene = service.get("/task/" + task + "/scene");

        assertThat(scene.path("views")).hasSize(2);
        assertThat(scene.path("glb").asText()).isEqualTo("scene.glb");
        for (JsonNode view : scene.path("views")) {
            int floats = view.path("width").asInt() * view.path("height").asInt();
            RawHttp.Reply depth =
                    get("/task/" + task + "/files/" + view.path("depth").asText());
            assertThat(depth.body()).hasSize(4 * floats);
            assertThat(view.path("extrinsics")).hasSize(12);
            assertThat(get("/task/" + task + "/files/" + view.path("photo").asText())
                            .headers())
                    .containsEntry("content-type", "image/jpeg");
        }
    }

    @Test
    void servesFilesRangesAndNotModified() throws Exception {
        String path = "/task/" + task + "/files/scene.glb";
        RawHttp.Reply whole = get(path);
        int size = whole.body().length;

        assertThat(new String(whole.body(), 0, 4, StandardCharsets.US_ASCII)).isEqualTo("glTF");
        assertThat(whole.headers()).containsEntry("content-type", "model/gltf-binary");
        assertThat(whole.headers().get("content-disposition")).contains("filename=\"scene.glb\"");
        for (String[] range : new String[][] {
            {"bytes=0-3", "0-3"},
            {"bytes=4-", "4-" + (size - 1)},
            {"bytes=-5", (size - 5) + "-" + (size - 1)},
            {"bytes=10-99999999", "10-" + (size - 1)}
        }) {
            RawHttp.Reply part = get(path + "\r\nRange: " + range[0]);
            int first = Integer.parseInt(range[1].split("-")[0]);
            int last = Integer.parseInt(range[1].split("-")[1]);
            assertThat(part.status()).isEqualTo(206);
            assertThat(part.headers()).containsEntry("content-range", "bytes " + range[1] + "/" + size);
            assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole.body(), first, last + 1));
        }
        assertThat(get(path + "\r\nRange: bytes=" + size + "-").status()).isEqualTo(416);
        assertThat(get(path + "\r\nRange: bytes=5-4").status()).isEqualTo(416);
        assertThat(get(path + "\r\nRange: nonsense").body()).hasSize(size);
        assertThat(get(path + "\r\nRange: bytes=0-1,3-4").body()).hasSize(size);
        RawHttp.Reply known = get(path + "\r\nIf-None-Match: " + whole.headers().get("etag"));
        assertThat(known.status()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
        assertThat(get(path + "\r\nRange: bytes=0-3\r\nIf-Range: \"old\"").body())
                .hasSize(size);
    }

    @Test
    void headEqualsGetWithoutTheBody() throws Exception {
        String path = "/task/" + task + "/files/scene.glb";

        RawHttp.Reply head = RawHttp.send(service.port(), "HEAD " + path);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.headers().get("content-length"))
                .isEqualTo(get(path).headers().get("content-length"));
        assertThat(head.body()).isEmpty();
        assertThat(RawHttp.send(service.port(), "HEAD /task/" + task + "/result.zip")
                        .status())
                .isEqualTo(200);
        assertThat(RawHttp.send(service.port(), "HEAD /task/" + task + "/events")
                        .status())
                .isEqualTo(200);
        assertThat(RawHttp.send(service.port(), "HEAD /task/" + new UUID(0, 0)).status())
                .isEqualTo(404);
    }

    @Test
    void archiveContainsAllFiles() throws Exception {
        List<String> listed =
                service.get("/task/" + task + "/files").path("files").findValuesAsText("path");
        HttpResponse<byte[]> zip = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://localhost:" + service.port() + "/task/" + task + "/result.zip"))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());

        List<String> names = new ArrayList<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip.body()))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName());
                assertThat(in.readAllBytes()).isNotEmpty();
            }
        }

        assertThat(names).isEqualTo(listed).contains("scene.glb", "exports/mini_npz/results.npz");
        assertThat(names).noneMatch(name -> name.startsWith("/") || name.contains("..") || name.contains("\\"));
        assertThat(zip.headers().firstValue("content-disposition").orElseThrow())
                .isEqualTo("attachment; filename=\"two _views_.zip\"; filename*=UTF-8''two%20%22views%22.zip");
    }

    @Test
    void abortedArchiveIsIncomplete() throws Exception {
        UUID id = service.completed(Map.of("export_format", "glb"));
        Path results = service.tasks().find(id).orElseThrow().directory();
        byte[] large = new byte[64 << 20]; // larger than all buffers
        new Random(1).nextBytes(large);
        Files.write(results.resolve("a.bin"), large);
        URI zip = URI.create("http://localhost:" + service.port() + "/task/" + id + "/result.zip");
        try (InputStream in = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(zip).build(), HttpResponse.BodyHandlers.ofInputStream())
                .body()) {
            in.readNBytes(1000);
            service.tasks().delete(id);
            assertThatThrownBy(() -> in.transferTo(OutputStream.nullOutputStream()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void uploadNamesAreSanitized() throws Exception {
        RawHttp.Reply upload =
                service.upload(Map.of(), Map.of("../../a\\..\\evil%0d%0aX: y;.png", SampleImages.png(5)));
        UUID id = UUID.fromString(ServiceFixture.json(upload).path("task_id").asText());
        service.await(id, "completed");

        RawHttp.Reply zip = get("/task/" + id + "/result.zip");

        assertThat(zip.status()).isEqualTo(200);
        assertThat(zip.headers()).doesNotContainKey("x");
        assertThat(zip.headers().get("content-disposition")).doesNotContain("..", "/");
        assertThat(service.get("/task/" + id + "/scene")
                        .path("views")
                        .get(0)
                        .path("name")
                        .asText())
                .doesNotContain("/", "\\", "\r", "\n");
    }

    @Test
    void readsImagesInAllowedDirectories() throws Exception {
        Files.write(root.resolve("c.png"), SampleImages.png(6));
        Path export = root.resolve("new/export");
        String json = "{\"image_paths\":[\"" + root.resolve("c.png") + "\"],\"export_dir\":\"" + export
                + "\",\"process_res\":56,\"export_format\":\"glb\"}";

        RawHttp.Reply reply =
                RawHttp.send(service.port(), ServiceFixture.POST_JSON, json.getBytes(StandardCharsets.UTF_8));
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        service.await(UUID.fromString(ServiceFixture.json(reply).path("task_id").asText()), "completed");

        assertThat(export.resolve("scene.glb")).exists();
        assertThat(root.resolve("c.png")).as("only uploads are removed").exists();
        RawHttp.Reply again =
                RawHttp.send(service.port(), ServiceFixture.POST_JSON, json.getBytes(StandardCharsets.UTF_8));
        assertThat(again.status()).as(again.text()).isEqualTo(422);
    }

    @Test
    void extractsTheRequestedFramesOfAVideo(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("clip.mp4");
        try (VideoWriter video =
                VideoWriter.create(file, 84, 56, VideoOptions.defaults().withFramesPerSecond(24))) {
            for (int i = 0; i < 24; i++) {
                byte[] rgb = new byte[3 * 84 * 56];
                Arrays.fill(rgb, (byte) (5 * i));
                video.write(new Image(84, 56, rgb));
            }
            video.commit();
        }

        RawHttp.Reply upload = service.upload(Map.of("fps", "4"), Map.of("clip.txt", Files.readAllBytes(file)));
        assertThat(upload.status()).as(upload.text()).isEqualTo(202);
        JsonNode task = service.await(
                UUID.fromString(ServiceFixture.json(upload).path("task_id").asText()), "completed");

        assertThat(task.path("num_images").asInt()).isEqualTo(4);
    }

    @Test
    void pageFilesHaveTheirMediaTypes() throws Exception {
        RawHttp.Reply script = get("/assets/served-in-tests.js");

        assertThat(script.text()).isEqualTo("export default 1;\n");
        assertThat(script.headers())
                .containsEntry("content-type", "text/javascript; charset=utf-8")
                .containsEntry("cache-control", "no-cache")
                .containsEntry("cross-origin-opener-policy", "same-origin")
                .containsEntry("cross-origin-resource-policy", "same-origin")
                .containsEntry("referrer-policy", "no-referrer")
                .containsEntry(
                        "content-security-policy",
                        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; "
                                + "img-src 'self' blob: data:; connect-src 'self' blob: data:; "
                                + "style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; "
                                + "form-action 'self'");
        assertThat(get("/assets/served-in-tests.js\r\nIf-None-Match: "
                                + script.headers().get("etag"))
                        .status())
                .isEqualTo(304);
        assertThat(get("/assets/none.js").status()).isEqualTo(404);
    }

    @Test
    void deletesATask() throws Exception {
        UUID id = service.completed(Map.of());

        assertThat(RawHttp.send(service.port(), "DELETE /task/" + id).text()).isEqualTo("{\"success\":true}");

        assertThat(get("/task/" + id).status()).isEqualTo(404);
        assertThat(get("/task/" + id + "/files/scene.glb").status()).isEqualTo(404);
        assertThat(RawHttp.send(service.port(), "DELETE /task/" + id).status()).isEqualTo(404);
    }

    @Test
    void galleryContainsResultsAndFolders() throws Exception {
        assertThat(service.get("/gallery/manifest.json").path("groups").findValuesAsText("id"))
                .containsExactly("results", "rooms");
        JsonNode scene =
                service.get("/gallery/manifest/rooms.json").path("scenes").get(0);

        assertThat(scene.path("id").asText()).isEqualTo("red room");
        assertThat(get(scene.path("glb").asText()).body()).containsExactly(1, 2, 3);
        assertThat(get(scene.path("thumbnail").asText()).body()).containsExactly(4);
        assertThat(get(scene.path("depth").get(0).asText()).body()).containsExactly(1);
        for (JsonNode result : service.get("/gallery/manifest/results.json").path("scenes")) {
            if (result.path("id").asText().equals(task.toString())) {
                assertThat(get(result.path("thumbnail").asText()).status()).isEqualTo(200);
                assertThat(get(result.path("glb").asText()).status()).isEqualTo(200);
                assertThat(result.path("depth")).hasSize(2);
            }
        }
        assertThat(service.get("/gallery/manifest/results.json").findValuesAsText("id"))
                .contains(task.toString());
    }

    @Test
    void reportsHealthAndStatus() throws Exception {
        assertThat(get("/healthz").text()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(get("/readyz").text()).isEqualTo("{\"status\":\"ready\"}");
        JsonNode status = service.get("/status");
        assertThat(status.path("model_loaded").asBoolean()).isTrue();
        assertThat(status.path("model").asText()).isEqualTo("seeded:da3-small");
        assertThat(status.path("model_has").path("camera").asBoolean()).isTrue();
        assertThat(status.path("model_has").path("gaussians").asBoolean()).isFalse();
        assertThat(status.path("process_res").asInt()).isEqualTo(504);
        assertThat(status.path("gpu_memory").isNull()).isTrue();
        assertThat(ServiceFixture.json(RawHttp.send(service.port(), "POST /cleanup"))
                        .path("success")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void metricsCountTasksAndRequests() throws Exception {
        service.completed(Map.of());
        get("/nothing");

        String metrics = get("/metrics").text();

        assertThat(metrics).containsPattern("da3_tasks\\{status=\"completed\"} [1-9]");
        assertThat(metrics).containsPattern("da3_tasks_ended_total\\{status=\"completed\"} [1-9]");
        assertThat(metrics).containsPattern("da3_http_requests_total\\{code=\"202\"} [1-9]");
        assertThat(metrics).containsPattern("da3_http_requests_total\\{code=\"404\"} [1-9]");
        assertThat(metrics).containsPattern("process_resident_memory_bytes [1-9][0-9]{7,}");
        assertThat(metrics).containsPattern("da3_task_seconds_bucket\\{le=\"\\+Inf\"} [1-9]");
        assertThat(metrics.lines().filter(line -> !line.startsWith("#")))
                .allMatch(line -> line.matches("[a-z][a-z0-9_]*(\\{[a-z]+=\"[^\"]+\"})? [0-9.]+"));
    }

    @Test
    void reloadsTheModel() throws Exception {
        RawHttp.Reply reply = RawHttp.send(service.port(), "POST /reload");

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(ServiceFixture.json(reply).path("model_loaded").asBoolean()).isTrue();
        service.completed(Map.of());
    }
}
