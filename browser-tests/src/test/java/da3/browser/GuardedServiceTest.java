package da3.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Tests the page of a service that requires a token. */
class GuardedServiceTest {

    private static final String TOKEN = "a-token-of-two-dozen-signs";

    @TempDir
    private Path folder;

    @Test
    void theCorrectTokenGrantsLastingAccess() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
        try (Backend backend =
                        Backend.start(folder.resolve("workspace"), "--model=seeded:da3-small", "--token-file=" + file);
                Browser browser = Browser.start(folder)) {
            browser.open(backend.address());
            WebElement field = browser.shown("token-input");
            assertThat(browser.all("gallery")).isEmpty();

            field.sendKeys("not the right token", Keys.ENTER);
            browser.until(() -> browser.driver().getPageSource().contains("class=\"note\""));
            assertThat(browser.all("gallery")).isEmpty();
            browser.screenshot("token");

            browser.shown("token-input").sendKeys(TOKEN, Keys.ENTER);
            browser.shown("gallery");
            browser.driver().navigate().refresh();
            browser.shown("gallery");
            assertThat(browser.all("token-input")).isEmpty();
            assertThat(browser.script("return document.cookie"))
                    .as("cookies visible to scripts")
                    .isEqualTo("");
            assertThat(browser.driver().getCurrentUrl() + browser.driver().getPageSource())
                    .doesNotContain(TOKEN);
        }
    }
}
