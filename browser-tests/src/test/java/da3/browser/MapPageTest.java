package da3.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** Tests the page with a video that becomes a map: the map grows while the video is processed, and opens afterwards. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MapPageTest {

    private static final int FRAMES = 150; // more windows than the page may skip

    @TempDir
    private static Path folder;

    @AutoClose
    private static Backend backend;

    @AutoClose
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        backend = Backend.start(folder.resolve("workspace"), "--model=da3-tiny");
        browser = Browser.start(Files.createDirectory(folder.resolve("downloads")));
    }

    @Test
    @Order(1)
    void theMapOfARunningStreamGrows() throws IOException {
        Path video = SampleWalk.video(folder.resolve("walk.mp4"), FRAMES);
        browser.open(backend.address().resolve("#new"));
        browser.until(() -> browser.all("file-input").stream().findFirst().orElse(null))
                .sendKeys(video.toString());
        browser.shown("start");
        set("fps", Integer.toString(SampleWalk.FRAMES_PER_SECOND));
        set("process_res", "56");
        browser.driver().findElement(By.id("stream")).click();
        // Records what the panel of the running map shows, since windows can follow each other quickly.
        browser.script(
                """
                window.seen = [];
                new MutationObserver(() => {
                  const { frames, points } = document.querySelector('[data-testid=live-facts]')?.dataset ?? {};
                  if (Number(points) > 0) window.seen.push([Number(frames), Number(points)]);
                }).observe(document.body, { subtree: true, childList: true, attributes: true });
                """);
        browser.shown("start").click();
        browser.until(() -> steps().size() > 1 || !browser.all("canvas-map").isEmpty());
        // the finished map may replace the running one at any time
        browser.until(() -> !browser.all("canvas-map").isEmpty()
                || browser.all("canvas-live").stream().anyMatch(live -> browser.colors(live) > 0));
        browser.screenshot("map-growing");
        List<Long> steps = steps();
        assertThat(steps).hasSizeGreaterThan(1).isSorted();
        assertThat(steps.get(0)).isLessThan((long) FRAMES);
    }

    @Test
    @Order(2)
    void theFinishedMapOpens() throws IOException {
        WebElement map = browser.drawn("canvas-map", 50);
        browser.until(() -> number(map, "data-points") > 10_000 && number(map, "data-loading") == 0);
        browser.until(() -> browser.shown("map-facts").getText().startsWith(FRAMES + " frames"));
        browser.screenshot("map");
    }

    @Test
    @Order(3)
    void itsTileSetIsValid() throws Exception {
        try (Stream<Path> tasks = Files.list(folder.resolve("workspace/tasks"))) {
            Path tileset = tasks.findFirst().orElseThrow().resolve("results/tiles/tileset.json");
            TileValidator.Report report = TileValidator.validate(tileset);
            assertThat(report.issues()).isEmpty();
            assertThat(report.errors()).isZero();
        }
    }

    /** The gallery lists the map, and its address opens it again. */
    @Test
    @Order(4)
    void theMapIsInTheGallery() {
        browser.open(backend.address());
        browser.shown("scene-card").click();
        browser.drawn("canvas-map", 50);
        browser.shown("toggle-path").click();
    }

    /** Violations of the content security policy would be in the log. */
    @Test
    @Order(5)
    void theBrowserLoggedNoErrors() {
        // A tile of the running map may be gone before it is loaded.
        assertThat(browser.errors())
                .filteredOn(message -> !message.matches("(?s).*/map/\\d+_.*404.*"))
                .isEmpty();
    }

    private static void set(String id, String value) {
        WebElement field = browser.driver().findElement(By.id(id));
        field.clear();
        field.sendKeys(value);
    }

    /** Returns the numbers of frames that the running map had, without repetitions. */
    private static List<Long> steps() {
        return ((List<?>) browser.script("return window.seen.map(([frames]) => frames)"))
                .stream()
                        .map(frames -> ((Number) frames).longValue())
                        .distinct()
                        .toList();
    }

    private static double number(WebElement element, String attribute) {
        String value = element.getAttribute(attribute);
        return value == null ? -1 : Double.parseDouble(value);
    }
}
