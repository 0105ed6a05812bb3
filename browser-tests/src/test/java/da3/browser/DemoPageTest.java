package da3.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** Tests the page of {@code da3 demo --open} with synthetic scenes of known depth, in all its viewers. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoPageTest {

    private static final String METERS = "(?s).*\\d\\.\\d+ m\\b.*";

    @AutoClose
    private static Backend backend;

    @AutoClose
    private static Browser browser;

    private static Path demo;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        demo = folder.resolve("demo");
        backend = Backend.of(List.of("demo", "--open", "--export-dir=" + demo));
        browser = Browser.start(Files.createDirectory(folder.resolve("downloads")));
    }

    @Test
    @Order(1)
    void theScenesAreInTheGallery() throws IOException {
        browser.open(backend.address());
        browser.until(() -> browser.all("scene-card").size() == 2);
        assertThat(browser.all("scene-card"))
                .extracting(WebElement::getText)
                .anySatisfy(text -> assertThat(text).contains("A room", "3 views"))
                .anySatisfy(text -> assertThat(text).contains("A street"));
        browser.until(() -> browser.script(
                        "return [...document.querySelectorAll('.card img')].filter(i => i.naturalWidth > 0).length")
                .equals(2L));
        browser.screenshot("demo-gallery");
    }

    @Test
    @Order(2)
    void theRoomIsShownAsPoints() throws IOException {
        browser.all("scene-card").stream()
                .filter(card -> card.getText().contains("A room"))
                .findFirst()
                .orElseThrow()
                .click();
        assertTheWallIsAboveTheFloor(browser.drawn("canvas-points", 100));
        assertThat(browser.shown("scene").getText()).contains("in meters");
        assertThat(browser.all("delete")).isEmpty();
        browser.screenshot("demo-points");
    }

    @Test
    @Order(3)
    void theRoomIsShownAsAMesh() throws IOException {
        browser.shown("tab-mesh").click();
        assertTheWallIsAboveTheFloor(browser.drawn("canvas-mesh", 100));
        browser.screenshot("demo-mesh");
    }

    @Test
    @Order(4)
    void theRoomIsShownAsGaussians() throws IOException {
        browser.shown("tab-gaussians").click();
        WebElement canvas = browser.shown("canvas-gaussians");
        // sorted and uploaded in the background
        browser.until(() -> browser.mean(canvas, 0.2, 0.8).stream().allMatch(level -> level > 60));
        assertTheWallIsAboveTheFloor(canvas);
        browser.screenshot("demo-gaussians");
    }

    /** The wall is teal, the floor red and brown. */
    private static void assertTheWallIsAboveTheFloor(WebElement canvas) {
        List<Double> above = browser.mean(canvas, 0.1, 0.5);
        List<Double> below = browser.mean(canvas, 0.6, 0.9);
        assertThat(above.get(2)).as("blue of %s against red", above).isGreaterThan(0.9 * above.get(0));
        assertThat(below.get(0)).as("red of %s against blue", below).isGreaterThan(1.2 * below.get(2));
    }

    @Test
    @Order(5)
    void depthIsMeasuredInMeters() throws IOException {
        browser.shown("tab-depth").click();
        WebElement depth = browser.drawn("depth-canvas", 50);
        int width = depth.getSize().width;
        int height = depth.getSize().height;
        Actions mouse = new Actions(browser.driver());
        mouse.moveToElement(depth, (int) (-0.18 * width), (int) (0.04 * height)).perform(); // the table's left end
        browser.until(() -> browser.shown("depth-readout").getText().matches(METERS));
        mouse.click()
                .moveToElement(depth, (int) (0.21 * width), (int) (0.095 * height))
                .click()
                .perform();
        assertThat(browser.shown("measure-result").getText()).matches(METERS).contains("apart");
        browser.script("window.scrollTo(0, document.body.scrollHeight)");
        browser.screenshot("demo-depth");
    }

    @Test
    @Order(6)
    void depthIsMeasuredWithTheKeyboard() {
        browser.driver().navigate().refresh();
        WebElement tab = browser.shown("tab-points");
        browser.script("arguments[0].focus()", tab);
        for (int i = 0; i < 3; i++) {
            browser.press(Keys.ARROW_RIGHT);
        }
        WebElement depth = browser.drawn("depth-canvas", 50);
        for (int i = 0; i < 10 && !depth.equals(browser.focused()); i++) {
            browser.press(Keys.TAB);
        }
        assertThat(browser.focused()).isEqualTo(depth);

        browser.press(Keys.ARROW_LEFT, Keys.ARROW_DOWN, Keys.ENTER);
        for (int i = 0; i < 20; i++) {
            browser.press(Keys.ARROW_RIGHT);
        }
        browser.press(Keys.ENTER);

        assertThat(browser.shown("measure-result").getText()).matches(METERS).contains("apart");
        assertThat(browser.shown("depth-readout").getText()).contains("pixel 187, 127");
        browser.press(Keys.ESCAPE);
        assertThat(browser.shown("measure-result").getText()).doesNotContain("apart");
    }

    @Test
    @Order(7)
    void theVideoPlays() {
        browser.shown("tab-video").click();
        WebElement video = browser.shown("video");
        browser.until(() -> (Long) browser.script("return arguments[0].readyState", video) >= 2);
        browser.script("arguments[0].muted = true; arguments[0].play()", video);
        browser.until(() -> ((Number) browser.script("return arguments[0].currentTime", video)).doubleValue() > 0.2);
    }

    /** Distant hills and sky without depth must not move the near points out of view. */
    @Test
    @Order(8)
    void theStreetIsShownAsPoints() throws IOException {
        browser.open(backend.address().resolve("#group=scenes&id=outdoor"));
        browser.until(() -> browser.driver().getTitle().startsWith("A street"));
        browser.drawn("canvas-points", 100);
        browser.screenshot("demo-street");
    }

    @Test
    @Order(9)
    void theStandalonePageShowsTruthAndPrediction() throws IOException {
        browser.open(demo.resolve("index.html").toUri());
        WebElement truth = browser.drawn("indoor-truth", 100);
        WebElement prediction = browser.drawn("indoor-prediction", 100);
        browser.screenshot("demo-file");

        long frames = frames(prediction);
        browser.script("arguments[0].focus()", truth);
        browser.press(Keys.ARROW_LEFT);
        browser.until(() -> frames(prediction) > frames); // it follows the other camera

        WebElement depth = browser.driver().findElement(By.cssSelector(".truth .probe"));
        new Actions(browser.driver()).moveToElement(depth).perform();
        for (String kind : List.of(".truth", ".predicted")) {
            WebElement output = browser.driver().findElement(By.cssSelector(kind + " output"));
            browser.until(() -> output.getText().matches(METERS));
        }
    }

    private static long frames(WebElement canvas) {
        return Long.parseLong(canvas.getAttribute("data-frames"));
    }

    @Test
    @Order(10)
    void theBrowserLoggedNoErrors() {
        assertThat(browser.errors()).isEmpty();
    }
}
