package da3.browser;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Headless Chromium with software rendering of WebGL. */
final class Browser implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(120);

    private final ChromeDriver driver;
    private final Path downloads;

    private Browser(ChromeDriver driver, Path downloads) {
        this.driver = driver;
        this.downloads = downloads;
    }

    static Browser start(Path downloads) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(System.getProperty("da3.chromium"));
        options.addArguments(
                "--headless",
                "--no-sandbox", // tests can run as root
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--use-angle=swiftshader",
                "--enable-unsafe-swiftshader",
                "--hide-scrollbars");
        options.setExperimentalOption(
                "prefs",
                Map.of("download.default_directory", downloads.toString(), "download.prompt_for_download", false));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(System.getProperty("da3.chromedriver")))
                .build();
        Browser browser = new Browser(new ChromeDriver(service, options), downloads);
        browser.driver.manage().timeouts().scriptTimeout(TIMEOUT); // rendering without a GPU is slow
        browser.size(1280, 900);
        return browser;
    }

    void open(URI address) {
        driver.get(address.toString());
    }

    /** Sets the size of the page in pixels. */
    void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    ChromeDriver driver() {
        return driver;
    }

    /** Waits for an element with this {@code data-testid} to be displayed and returns it. */
    WebElement shown(String testId) {
        return until(() -> {
            List<WebElement> found = all(testId);
            return found.stream().filter(WebElement::isDisplayed).findFirst().orElse(null);
        });
    }

    List<WebElement> all(String testId) {
        return driver.findElements(By.cssSelector("[data-testid='" + testId + "']"));
    }

    /**
     * Waits until a condition returns something other than null and false, and returns it. It is tried again if an element
     * is replaced meanwhile.
     */
    <T> T until(java.util.function.Supplier<T> condition) {
        return new WebDriverWait(driver, TIMEOUT)
                .ignoring(StaleElementReferenceException.class)
                .until(ignored -> condition.get());
    }

    Object script(String text, Object... arguments) {
        return driver.executeScript(text, arguments);
    }

    /** Waits until a canvas shows more than the given number of colors, and returns it. */
    WebElement drawn(String testId, int colors) {
        return until(() -> {
            WebElement canvas = shown(testId);
            String frames = canvas.getAttribute("data-frames");
            boolean drawn = frames == null || Integer.parseInt(frames) > 0;
            return drawn && colors(canvas) > colors ? canvas : null;
        });
    }

    /** Returns the errors in the browser's log, including violations of the content security policy. */
    List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Sends keys to the element that has the focus. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    /**
     * Returns the mean red, green and blue of a region of a canvas: the middle half of its width, and a range of rows.
     *
     * @param from first row as a fraction of the height
     * @param to end of the rows as a fraction of the height
     */
    List<Double> mean(WebElement canvas, double from, double to) {
        List<?> means = (List<?>) script(
                """
                const [canvas, from, to] = arguments;
                const [width, height] = [Math.floor(canvas.width / 2), Math.floor(canvas.height * (to - from))];
                const copy = document.createElement('canvas');
                Object.assign(copy, { width, height });
                const context = copy.getContext('2d');
                context.drawImage(canvas, -canvas.width / 4, -canvas.height * from);
                const rgba = context.getImageData(0, 0, width, height).data;
                const sums = [0, 0, 0];
                rgba.forEach((value, i) => { if (i % 4 < 3) sums[i % 4] += value; });
                return sums.map(sum => sum / width / height);
                """,
                canvas, from, to);
        return means.stream().map(mean -> ((Number) mean).doubleValue()).toList();
    }

    /** Returns the number of different colors of a canvas, in every 7th pixel. */
    long colors(WebElement canvas) {
        return (Long) script(
                """
                const canvas = arguments[0];
                const copy = document.createElement('canvas');
                copy.width = canvas.width;
                copy.height = canvas.height;
                const context = copy.getContext('2d');
                context.drawImage(canvas, 0, 0);
                const rgba = context.getImageData(0, 0, copy.width, copy.height).data;
                const seen = new Set();
                for (let i = 0; i < rgba.length; i += 28) {
                  seen.add((rgba[i] << 16) | (rgba[i + 1] << 8) | rgba[i + 2]);
                }
                return seen.size;
                """,
                canvas);
    }

    /** Waits for a downloaded file with an extension and a length, and returns it. */
    Path downloaded(String extension, long bytes) {
        return until(() -> files().stream()
                .filter(file ->
                        file.toString().endsWith(extension) && file.toFile().length() == bytes)
                .findFirst()
                .orElse(null));
    }

    private Set<Path> files() {
        try (var listed = Files.list(downloads)) {
            return listed.collect(Collectors.toSet());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void screenshot(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of(System.getProperty("da3.screenshots")));
        Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
