package da3.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import da3.core.InferenceOptions;
import da3.server.tasks.FakeModel;
import da3.server.tasks.FakeWindows;
import da3.server.tasks.ModelHolder;
import da3.server.tasks.TaskSettings;
import da3.streaming.WindowPrediction;
import da3.streaming.WindowPredictor;
import da3.streaming.frame.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests tasks that stream: windows of 4 frames that share 1, computed when permits are released. */
class StreamTaskTest {

    private static final int FRAMES = 9;
    private static final Map<String, String> STREAM =
            Map.of("stream", "{\"window\":4,\"overlap\":1,\"loops\":\"off\"}");

    @TempDir
    private Path workspace;

    private final Semaphore permits = new Semaphore(0);
    private ServiceFixture service;

    @BeforeEach
    void start() throws IOException {
        service = ServiceFixture.start(
                TaskSettings.of(workspace.resolve("w")).withMaxFrames(FRAMES),
                ServerSettings.defaults().withAllowedRoots(List.of(Files.createDirectory(workspace.resolve("shared")))),
                new ModelHolder("gated", name -> new GatedWindows()));
    }

    /** A model each of whose windows waits for a permit. */
    private final class GatedWindows extends FakeModel {
        @Override
        public WindowPredictor windowPredictor(String name, InferenceOptions options) {
            return new FakeWindows() {
                @Override
                public WindowPrediction predict(List<Frame> frames) {
                    try {
                        permits.acquire();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new CancellationException("cancelled");
                    }
                    return super.predict(frames);
                }
            };
        }
    }

    @AfterEach
    void stop() {
        permits.release(1000);
        service.close();
    }

    @Test
    void eventsShowTheMapGrowing() throws Exception {
        UUID id = queued();
        permits.release();
        awaitFrames(id, 4);
        CompletableFuture<String> stream = CompletableFuture.supplyAsync(() -> {
            try {
                return RawHttp.send(service.port(), "GET /task/" + id + "/events")
                        .text();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        permits.release();
        awaitFrames(id, 7);
        permits.release();
        service.await(id, "completed");
        List<JsonNode> maps = maps(stream.get());
        assertThat(maps).isNotEmpty();
        int frames = 0;
        for (JsonNode map : maps) {
            assertThat(map.path("frames").intValue()).isGreaterThan(frames);
            // The cameras do not move again, so that each event has only new ones.
            assertThat(map.at("/poses/0/frame").intValue()).isEqualTo(frames);
            assertThat(map.path("poses")).hasSize(map.path("frames").intValue() - frames);
            frames = map.path("frames").intValue();
        }
        assertThat(maps.get(0).at("/poses/2/pose"))
                .map(JsonNode::floatValue)
                .containsExactly(0.2f, 0f, 0f, 0f, 0f, 0f, 1f);
    }

    @Test
    void tilesOfARunningTaskAreServed() throws Exception {
        UUID id = queued();
        permits.release();
        awaitFrames(id, 4);
        Map.Entry<String, Integer> tile =
                service.tasks().liveMap(id).orElseThrow().changesSince(0).tiles().entrySet().stream()
                        .findFirst()
                        .orElseThrow();
        RawHttp.Reply reply = RawHttp.send(service.port(), "GET /task/" + id + "/map/" + tile.getKey());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).hasSize(15 * tile.getValue());
        assertThat(reply.body()[12 * tile.getValue()]).isEqualTo((byte) 100);
        assertThat(RawHttp.send(service.port(), "GET /task/" + id + "/map/none").status())
                .isEqualTo(404);
        permits.release(10);
        service.await(id, "completed");
        assertThat(RawHttp.send(service.port(), "GET /task/" + id + "/map/" + tile.getKey())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aFinishedMapHasTilesAndADescription() throws Exception {
        permits.release(10);
        UUID id = queued();
        JsonNode task = service.await(id, "completed");
        assertThat(task.path("num_images").intValue()).isEqualTo(FRAMES);
        assertThat(task.at("/request/stream/window").intValue()).isEqualTo(4);
        List<String> files = new ArrayList<>();
        service.get("/task/" + id + "/files")
                .path("files")
                .forEach(file -> files.add(file.path("path").textValue()));
        assertThat(files)
                .contains("map.json", "points.ply", "scene.jpg", "tiles/r.glb", "tiles/tileset.json", "trajectory.tum")
                .doesNotContain("map.da3s");
        JsonNode map = service.get("/task/" + id + "/files/map.json");
        assertThat(map.path("poses")).hasSize(FRAMES);
        assertThat(map.path("tileset").textValue()).isEqualTo("tiles/tileset.json");
        JsonNode scene = service.get("/gallery/manifest/results.json").at("/scenes/0");
        assertThat(scene.path("task_id").textValue()).isEqualTo(id.toString());
        assertThat(scene.path("glb").isNull()).isTrue();
        assertThat(scene.path("thumbnail").textValue()).endsWith("/scene.jpg");
    }

    @Test
    void aCancelledTaskLeavesNoFiles() throws Exception {
        UUID id = queued();
        permits.release();
        awaitFrames(id, 4);
        RawHttp.send(service.port(), "POST /task/" + id + "/cancel");
        service.await(id, "cancelled");
        // The live map and the uploads are released right after the status.
        for (int i = 0; i < 400 && service.tasks().liveMap(id).isPresent(); i++) {
            Thread.sleep(25);
        }
        assertThat(service.tasks().liveMap(id)).isEmpty();
        try (Stream<Path> files = Files.list(workspace.resolve("w/tasks/" + id))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("task.json");
        }
    }

    @Test
    void invalidStreamsAreRefused() throws Exception {
        assertThat(error("{\"window\":1}")).contains("window must be from 2 to 512, got 1");
        assertThat(error("{\"overlap\":32}")).contains("overlap must be from 1 to 31, got 32");
        assertThat(error("{\"frames\":1}")).contains("field must be one of window, overlap");
        assertThat(error("{\"loops\":\"on\"}")).contains("loop method must be one of");
        for (String format : List.of("glb", "gaussians")) {
            assertThat(error("{\"export_format\":\"kitti-" + format + "\"}"))
                    .contains("export_format must be kitti, mesh or colmap, joined by -, got '" + format + "'");
        }
        assertThat(error("{\"max_points\":10000001}")).contains("max_points must be from 1 to 10000000, got 10000001");
        assertThat(error("[]")).contains("stream must be an object");
        assertThat(upload(FRAMES + 1, STREAM).text())
                .contains("number of images must be at most " + FRAMES + ", got " + (FRAMES + 1));
        String paths = "{\"image_paths\":[\"" + image() + "\"],\"export_dir\":\"" + workspace.resolve("shared/out")
                + "\",\"stream\":{}}";
        RawHttp.Reply exported = RawHttp.send(service.port(), ServiceFixture.POST_JSON, paths.getBytes());
        assertThat(exported.text()).contains("export directory must be absent for a task that streams");
    }

    private Path image() throws IOException {
        return Files.write(workspace.resolve("shared/a.png"), SampleImages.png(1));
    }

    private String error(String stream) throws IOException {
        RawHttp.Reply reply = upload(2, Map.of("stream", stream));
        assertThat(reply.status()).isBetween(400, 422);
        return reply.text();
    }

    private UUID queued() throws IOException {
        RawHttp.Reply reply = upload(FRAMES, STREAM);
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        return UUID.fromString(ServiceFixture.json(reply).path("task_id").asText());
    }

    private RawHttp.Reply upload(int images, Map<String, String> fields) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < images; i++) {
            files.put("frame" + i + ".png", SampleImages.png(i));
        }
        return service.upload(fields, files);
    }

    private void awaitFrames(UUID id, int frames) throws InterruptedException {
        for (int i = 0; i < 1200; i++) {
            if (service.tasks()
                    .liveMap(id)
                    .filter(map -> map.changesSince(0).frames() == frames)
                    .isPresent()) {
                return;
            }
            Thread.sleep(25);
        }
        throw new AssertionError("the map has not grown to " + frames + " frames");
    }

    /** Returns the data of the events of maps. */
    private static List<JsonNode> maps(String stream) throws IOException {
        List<JsonNode> maps = new ArrayList<>();
        String[] lines = stream.split("\n");
        for (int i = 1; i < lines.length; i++) {
            if (lines[i - 1].equals("event: map")) {
                maps.add(new ObjectMapper().readTree(lines[i].substring("data: ".length())));
            }
        }
        return maps;
    }
}
