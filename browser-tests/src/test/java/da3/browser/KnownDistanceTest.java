package da3.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Intrinsics;
import da3.geometry.math.Vec3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

/** Tests that a distance measured on the page is the library's, and that its true value scales the page to meters. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KnownDistanceTest {

    private static final Pattern DEPTH_AND_PIXEL = Pattern.compile("(?s)([\\d.]+) units.*pixel (\\d+), (\\d+)");
    private static final Pattern APART = Pattern.compile("(?s).*?([\\d.]+) units apart");

    @TempDir
    private static Path folder;

    @AutoClose
    private static Backend backend;

    @AutoClose
    private static Browser browser;

    @BeforeAll
    static void computeAScene() throws IOException {
        List<Path> photos = SamplePhotos.in(folder);
        backend = Backend.start(folder.resolve("workspace"), "--model=seeded:da3-small");
        browser = Browser.start(Files.createDirectory(folder.resolve("downloads")));
        browser.open(backend.address().resolve("#new"));
        browser.until(() -> browser.all("file-input").stream().findFirst().orElse(null))
                .sendKeys(String.join("\n", photos.stream().map(Path::toString).toList()));
        browser.driver().findElement(By.id("process_res")).sendKeys("112");
        browser.shown("start").click();
        browser.drawn("canvas-points", 50);
    }

    @Test
    @Order(1)
    void distancesAreThoseOfTheLibrary() {
        browser.shown("tab-depth").click();
        WebElement canvas = browser.drawn("depth-canvas", 20);
        Actions mouse = new Actions(browser.driver());
        mouse.moveToElement(canvas, -canvas.getSize().width / 4, 0).click().perform();
        Vec3 from = pointUnderPointer();
        mouse.moveToElement(canvas, canvas.getSize().width / 4, canvas.getSize().height / 8)
                .click()
                .perform();
        Vec3 to = pointUnderPointer();
        Matcher apart = APART.matcher(browser.shown("measure-result").getText());
        assertThat(apart.matches()).isTrue();
        assertThat(Double.parseDouble(apart.group(1))).isCloseTo(to.minus(from).norm(), within(0.002));
    }

    @Test
    @Order(2)
    void theTrueDistanceScalesDepthsToMeters() throws IOException {
        assertThat(browser.shown("legend-far").getText()).endsWith("units");
        enterTrueDistance("2.5");
        assertThat(browser.shown("measure-result").getText()).contains("m deep").endsWith("2.500 m apart");
        assertThat(browser.shown("depth-readout").getText()).contains(" m ");
        assertThat(browser.shown("legend-far").getText()).endsWith("m");
        assertThat(browser.shown("scale-note").getText())
                .contains("in meters")
                .containsPattern("files keep the units of the scene: multiply their lengths by [\\d.]+ ");
        assertThat(browser.shown("scene").getText()).contains("in meters").doesNotContain("in units of the scene");
        browser.screenshot("scaled-depth");
    }

    @Test
    @Order(3)
    void pointsOfTheCloudAreMeasuredAndSetTheScaleToo() throws IOException {
        browser.shown("tab-points").click();
        browser.drawn("canvas-points", 50);
        browser.shown("confidence-slider").sendKeys(Keys.HOME); // shows all points
        clickAPoint(-1);
        browser.until(() -> browser.shown("measure-result").getText().contains("second point"));
        clickAPoint(1);
        browser.until(() -> browser.shown("measure-result").getText().matches("A and B are [\\d.]+ m apart"));
        enterTrueDistance("1.25");
        assertThat(browser.shown("measure-result").getText()).isEqualTo("A and B are 1.250 m apart");
        browser.screenshot("scaled-points");
    }

    @Test
    @Order(4)
    void scalingCanBeUndone() {
        browser.shown("scale-undo").click();
        assertThat(browser.shown("measure-result").getText()).endsWith("units apart");
        assertThat(browser.all("scale-note")).noneMatch(WebElement::isDisplayed);
        assertThat(browser.errors()).isEmpty();
    }

    private static void enterTrueDistance(String meters) {
        browser.shown("true-distance").sendKeys(meters);
        browser.shown("scale-apply").click();
        browser.shown("scale-note");
    }

    /** Clicks the canvas to the left (-1) or to the right (1) of its center, ever farther up, until a point was there. */
    private static void clickAPoint(int side) {
        WebElement canvas = browser.shown("canvas-points");
        String before = browser.shown("measure-result").getText();
        for (int row = 0; browser.shown("measure-result").getText().equals(before); row++) {
            assertThat(row).as("rows without a point").isLessThan(10);
            new Actions(browser.driver())
                    .moveToElement(canvas, side * canvas.getSize().width / 12, -row * canvas.getSize().height / 30)
                    .click()
                    .perform();
        }
    }

    /** Unprojects the center of the pixel under the pointer with the library, at the depth that the page shows. */
    private static Vec3 pointUnderPointer() {
        Matcher readout = DEPTH_AND_PIXEL.matcher(browser.shown("depth-readout").getText());
        assertThat(readout.matches()).isTrue();
        return intrinsics()
                .unproject(
                        Integer.parseInt(readout.group(2)) + 0.5,
                        Integer.parseInt(readout.group(3)) + 0.5,
                        Double.parseDouble(readout.group(1)));
    }

    /** Returns the intrinsics of the first view, which the page shows. */
    private static Intrinsics intrinsics() {
        Map<?, ?> scene = (Map<?, ?>)
                browser.script(
                        """
                const [task] = /[0-9a-f-]{36}/.exec(location.hash);
                return fetch(`/task/${task}/scene`).then(answer => answer.json());
                """);
        List<Double> k = ((List<?>) ((Map<?, ?>) ((List<?>) scene.get("views")).get(0)).get("intrinsics"))
                .stream().map(number -> ((Number) number).doubleValue()).toList();
        return new Intrinsics(k.get(0), k.get(1), k.get(2), k.get(3));
    }
}
