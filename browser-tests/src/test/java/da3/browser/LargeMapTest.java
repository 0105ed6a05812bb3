package da3.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

/**
 * Opens a map with {@code -Dda3.points=20000000} points, 500,000 by default, and prints how many are drawn at once and how
 * many frames per second while the viewpoint rotates.
 */
class LargeMapTest {

    private static final long POINTS = Long.getLong("da3.points", 500_000);

    /** Budget of the page, with room for the frame in which the viewpoint changes. */
    private static final double MAX_DRAWN = 1.3 * 3_000_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    @AutoClose
    private static Backend backend;

    @AutoClose
    private static Browser browser;

    private static String task;

    /** Computes a small map, and replaces its tiles. */
    @BeforeAll
    static void start() throws Exception {
        Path photos = Files.createDirectory(folder.resolve("photos"));
        List<Path> files = SamplePhotos.in(photos);
        backend = Backend.start(folder.resolve("workspace"), "--model=da3-tiny", "--allow-path=" + photos);
        String paths =
                JSON.writeValueAsString(files.stream().map(Path::toString).toList());
        task = request("POST", "inference", "{\"image_paths\":" + paths + ",\"process_res\":56,\"stream\":{}}")
                .path("task_id")
                .asText();
        JsonNode status = JSON.missingNode();
        for (int i = 0; i < 1200 && !status.path("status").asText().equals("completed"); i++) {
            Thread.sleep(100);
            status = request("GET", "task/" + task, "");
        }
        assertThat(status.path("status").asText()).as(status.toString()).isEqualTo("completed");
        LargeCloud.write(folder.resolve("workspace/tasks/" + task + "/results/tiles"), POINTS);
        browser = Browser.start(Files.createDirectory(folder.resolve("downloads")));
    }

    @Test
    void theNumberOfPointsDrawnIsBounded() throws IOException {
        browser.open(backend.address().resolve("#task=" + task));
        WebElement canvas = browser.drawn("canvas-map", 50);
        browser.until(() -> Integer.parseInt(canvas.getAttribute("data-loading")) == 0);
        browser.screenshot("large-map");
        double idle = cpuSeconds();
        Map<?, ?> far = rotate(canvas);
        print("overview", far, cpuSeconds() - idle);
        browser.script(
                "for (let i = 0; i < 15; i++) arguments[0].dispatchEvent(new KeyboardEvent('keydown', { key: '+' }))",
                canvas);
        idle = cpuSeconds();
        Map<?, ?> near = rotate(canvas);
        print("near", near, cpuSeconds() - idle);
        browser.screenshot("large-map-near");
        for (Map<?, ?> view : List.of(far, near)) {
            assertThat(number(view, "points")).isBetween(10_000.0, Math.min(POINTS, MAX_DRAWN));
            assertThat(number(view, "frames")).isPositive();
        }
    }

    /** Rotates the viewpoint for ten seconds; returns the number of frames, and the maximum of points and tiles drawn. */
    private static Map<?, ?> rotate(WebElement canvas) {
        return (Map<?, ?>) browser.driver()
                .executeAsyncScript(
                        """
                const [canvas, done] = arguments;
                const [start, before] = [performance.now(), Number(canvas.dataset.frames)];
                let [points, tiles, target] = [0, 0, 0];
                requestAnimationFrame(function step(now) {
                  points = Math.max(points, Number(canvas.dataset.points));
                  tiles = Math.max(tiles, Number(canvas.dataset.tiles));
                  target = Number(canvas.dataset.target);
                  canvas.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' }));
                  if (now - start < 10000) return requestAnimationFrame(step);
                  done({ frames: Number(canvas.dataset.frames) - before, seconds: (now - start) / 1000, points, tiles, target });
                });
                """,
                        canvas);
    }

    /** Returns the CPU time of the browser and the service. */
    private static double cpuSeconds() {
        return ProcessHandle.current()
                .descendants()
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .mapToDouble(time -> time.toMillis() / 1e3)
                .sum();
    }

    private static void print(String view, Map<?, ?> measured, double cpuSeconds) {
        double frames = number(measured, "frames");
        System.out.printf(
                Locale.ROOT,
                "%s of %,d points: %.1f frames per second, %.2f s of CPU time per frame, at most %,.0f points in %.0f tiles, "
                        + "error target %.1f pixels%n",
                view,
                POINTS,
                frames / number(measured, "seconds"),
                cpuSeconds / frames,
                number(measured, "points"),
                number(measured, "tiles"),
                number(measured, "target"));
    }

    private static double number(Map<?, ?> values, String name) {
        return ((Number) values.get(name)).doubleValue();
    }

    private static JsonNode request(String method, String path, String body) throws Exception {
        URI uri = backend.address().resolve("/" + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        return JSON.readTree(answer.body());
    }
}
