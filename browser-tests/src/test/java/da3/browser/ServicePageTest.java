package da3.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

/**
 * Tests the page of the service as a user works with it, from two photos to a measured distance and a downloaded file.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServicePageTest {

    @TempDir
    private static Path folder;

    private static List<Path> photos;

    @AutoClose
    private static Backend backend;

    @AutoClose
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        photos = SamplePhotos.in(folder);
        backend = Backend.start(folder.resolve("workspace"), "--model=seeded:da3-small");
        browser = Browser.start(Files.createDirectory(folder.resolve("downloads")));
    }

    @Test
    @Order(1)
    void twoPhotosBecomeAScene() throws IOException {
        browser.open(backend.address());
        browser.shown("gallery");
        browser.open(backend.address().resolve("#new"));
        browser.until(() -> browser.all("file-input").stream().findFirst().orElse(null))
                .sendKeys(String.join("\n", photos.stream().map(Path::toString).toList()));
        WebElement resolution = browser.driver().findElement(By.id("process_res"));
        browser.until(() -> resolution.getAttribute("placeholder").equals("504")); // the default of the model
        browser.screenshot("upload");
        browser.shown("start").click();
        WebElement progress = browser.shown("progress");
        assertThat(progress.getAttribute("aria-valuenow")).matches("\\d+(\\.\\d+)?");
        browser.screenshot("progress");
        browser.drawn("canvas-points", 100);
        browser.screenshot("points");
    }

    @Test
    @Order(2)
    void theSliderHidesPoints() {
        WebElement points = browser.shown("canvas-points");
        String before = picture(points);
        WebElement slider = browser.shown("confidence-slider");
        slider.sendKeys(Keys.END);
        browser.until(() -> !picture(points).equals(before));
        slider.sendKeys(Keys.HOME);
        browser.until(() -> browser.colors(points) > 100);
    }

    @Test
    @Order(3)
    void theDistanceOfTwoPointsIsMeasured() throws IOException {
        browser.shown("tab-depth").click();
        WebElement depth = browser.shown("depth-canvas");
        browser.until(() -> browser.colors(depth) > 50);
        int width = depth.getSize().width;
        int height = depth.getSize().height;
        Actions mouse = new Actions(browser.driver());
        mouse.moveToElement(depth, -width / 4, 0).perform();
        browser.until(() -> browser.shown("depth-readout").getText().matches("(?s).*\\d\\.\\d.*"));
        mouse.click().moveToElement(depth, width / 4, height / 8).click().perform();
        browser.until(() -> browser.shown("measure-result").getText().matches("(?s).*\\d\\.\\d.*"));
        browser.screenshot("depth");
    }

    @Test
    @Order(4)
    void theDownloadedGlbEqualsTheFileOfTheServer() throws Exception {
        byte[] served = get("task/" + task() + "/files/scene.glb");
        browser.shown("download-glb").click();
        byte[] glb = Files.readAllBytes(browser.downloaded(".glb", served.length));
        assertThat(new String(glb, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("glTF");
        assertThat(Arrays.mismatch(glb, served)).isEqualTo(-1);
    }

    @Test
    @Order(5)
    void thePageFitsAPhoneInBothColorSchemes() throws IOException {
        browser.size(360, 740);
        for (String theme : List.of("dark", "light")) {
            browser.driver()
                    .executeCdpCommand(
                            "Emulation.setEmulatedMedia",
                            Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
            browser.driver().navigate().refresh();
            browser.drawn("canvas-points", 100);
            assertThat((Long) browser.script("return document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(360);
            browser.screenshot("phone-" + theme);
        }
        browser.size(1280, 900);
    }

    @Test
    @Order(6)
    void theSceneIsListedAndFoundInTheGallery() throws IOException {
        browser.open(backend.address());
        WebElement card = browser.shown("scene-card");
        browser.shown("search").sendKeys("no such scene");
        browser.until(() -> browser.all("scene-card").stream().noneMatch(WebElement::isDisplayed));
        browser.shown("search").clear();
        browser.shown("search").sendKeys(" ", Keys.BACK_SPACE);
        browser.shown("scene-card");
        browser.screenshot("gallery");
    }

    @Test
    @Order(7)
    void aFileThatIsNotAnImageIsRefusedWithAMessage() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.jpg"), "no picture");
        browser.open(backend.address().resolve("#new"));
        browser.until(() -> browser.all("file-input").stream().findFirst().orElse(null))
                .sendKeys(text.toString());
        browser.shown("start").click();
        browser.until(() -> browser.driver().getPageSource().contains("notes.jpg"));
        browser.until(() -> !browser.script(
                        "return [...document.querySelectorAll('[data-testid=form-error]')].map(e => e.textContent).join('')")
                .toString()
                .isBlank());
    }

    /** Violations of the content security policy would be in the log. */
    @Test
    @Order(8)
    void theBrowserLoggedNoErrors() {
        assertThat(browser.errors())
                .filteredOn(message -> !message.contains("/inference")) // the refused file of the previous test
                .isEmpty();
    }

    private static String picture(WebElement canvas) {
        return (String) browser.script("return arguments[0].toDataURL()", canvas);
    }

    private static String task() throws Exception {
        String tasks = new String(get("tasks"), StandardCharsets.UTF_8);
        return Arrays.stream(tasks.split("\"task_id\"\\s*:\\s*\""))
                .skip(1)
                .findFirst()
                .orElseThrow()
                .substring(0, 36);
    }

    private static byte[] get(String path) throws Exception {
        URI uri = backend.address().resolve("/" + path);
        HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }
}
